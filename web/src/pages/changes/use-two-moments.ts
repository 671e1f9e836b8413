/** The state of one thing at the two moments that the address names. */
import type { TadaDocumentNode } from 'gql.tada';
import { useQuery } from 'urql';
import type { JsonObject } from '../../json/value';
import { asOfInput, isUnreadable, readAsOf } from '../../travel/as-of';

export interface Moments {
  from?: string;
  to?: string;
}

/** A state, and the position it is of. */
export interface Side {
  state: JsonObject;
  position: string;
}

/** `thing` as it was read, with the position whose state it is. */
export function sideOf<Thing extends { asOf: string | null; lastPosition: string }>(thing: Thing, stateOf: (thing: Thing) => JsonObject): Side {
  return { state: stateOf(thing), position: thing.asOf ?? thing.lastPosition };
}

interface AtMoment extends Record<string, unknown> {
  key: string;
  asOf?: ReturnType<typeof asOfInput>;
}

interface TwoMomentsOptions<Result> {
  key: string;
  moments: Moments;
  document: TadaDocumentNode<Result, AtMoment>;
  /** Null: it did not exist at that moment. */
  sideOf: (result: Result) => Side | null;
}

export function useTwoMoments<Result>({ key, moments, document, sideOf }: TwoMomentsOptions<Result>) {
  const from = readAsOf(moments.from);
  const asked = from !== undefined && !isUnreadable(moments.to);
  const [before, askBefore] = useQuery({ query: document, variables: { key, asOf: asOfInput(from) }, pause: !asked });
  const [after, askAfter] = useQuery({
    query: document,
    variables: { key, asOf: asOfInput(readAsOf(moments.to)) },
    pause: !asked,
    requestPolicy: 'network-only',
  });
  return {
    asked,
    both: before.data === undefined || after.data === undefined ? undefined : { before: sideOf(before.data), after: sideOf(after.data) },
    fetching: before.fetching || after.fetching,
    error: before.error ?? after.error,
    retry: () => {
      askBefore({ requestPolicy: 'network-only' });
      askAfter({ requestPolicy: 'network-only' });
    },
  };
}

export type TwoMoments = ReturnType<typeof useTwoMoments>;

/** The events of the thing whose past is shown, around the moment that is shown: what steps go through. */
import type { Client } from 'urql';
import { eventRowFragment, type EventRow } from '../event/event';
import { graphql } from '../graphql/graphql';
import { comparePositions, type Position } from '../live/position';
import { asOfPosition } from './as-of';

export interface Thing {
  streamType: 'strategy_definition' | 'strategy_instance';
  key: string;
}

export interface Steps {
  /** What made it as it is shown; nothing before it existed. */
  shown: EventRow | undefined;
  earlier: Step | undefined;
  later: Step | undefined;
}

export interface Step {
  position: Position;
  /** Nothing where the step leads to before it existed. */
  event: EventRow | undefined;
}

const beforeDocument = graphql(
  `
    query OwnEventsBefore($key: String!, $asOf: AsOfInput, $ofDefinition: Boolean!, $ofInstance: Boolean!) {
      definition(key: $key, asOf: $asOf) @include(if: $ofDefinition) {
        id
        events(order: NEWEST_FIRST, first: 2) {
          nodes {
            ...EventRow
          }
        }
      }
      instance(key: $key, asOf: $asOf) @include(if: $ofInstance) {
        id
        events(order: NEWEST_FIRST, first: 2) {
          nodes {
            ...EventRow
          }
        }
      }
    }
  `,
  [eventRowFragment],
);

const afterDocument = graphql(
  `
    query OwnEventsAfter($filter: EventFilter, $after: String) {
      events(filter: $filter, order: OLDEST_FIRST, first: 20, after: $after) {
        nextCursor
        nodes {
          ...EventRow
        }
      }
    }
  `,
  [eventRowFragment],
);

const NETWORK = { requestPolicy: 'network-only' } as const;

export async function readSteps(client: Client, thing: Thing, position: Position): Promise<Steps> {
  const before = await readBefore(client, thing, position);
  return stepsAround(position, before, await readLater(client, thing, position, before[0]));
}

/** `before`: the newest up to the position, latest first. */
export function stepsAround(position: Position, before: readonly EventRow[], later: EventRow | undefined): Steps {
  const [shown, previous] = before.filter((event) => comparePositions(event.position, position) <= 0);
  const first = shown !== undefined && previous === undefined;
  const earlier = first ? { position: String(BigInt(shown.position) - 1n), event: undefined } : previous;
  return { shown, earlier: stepTo(earlier), later: stepTo(later) };
}

function stepTo(target: EventRow | Step | undefined): Step | undefined {
  if (target === undefined || 'event' in target) return target;
  return { position: target.position, event: target };
}

async function readBefore(client: Client, { streamType, key }: Thing, position: Position): Promise<readonly EventRow[]> {
  const of = { ofDefinition: streamType === 'strategy_definition', ofInstance: streamType === 'strategy_instance' };
  const { data } = await client.query(beforeDocument, { key, asOf: asOfPosition(position), ...of }, NETWORK).toPromise();
  return (data?.definition ?? data?.instance)?.events.nodes ?? [];
}

/** From the moment of what is shown, of which there may be several events. */
async function readLater(client: Client, { streamType, key }: Thing, position: Position, shown: EventRow | undefined): Promise<EventRow | undefined> {
  const filter = { streamType: [streamType], streamId: key, from: shown?.recordedAt ?? null };
  let after: string | null = null;
  do {
    const events: { nextCursor: string | null; nodes: readonly EventRow[] } | undefined = (
      await client.query(afterDocument, { filter, after }, NETWORK).toPromise()
    ).data?.events;
    const found = events?.nodes.find((event) => comparePositions(event.position, position) > 0);
    if (found !== undefined) return found;
    after = events?.nextCursor ?? null;
  } while (after !== null);
  return undefined;
}

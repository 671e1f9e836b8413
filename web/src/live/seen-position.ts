/**
 * What feeds have told a page of, its answers must show. Events come from the log, lists from tables that follow it: asked
 * for at once, a list may be older than the event that made the page ask, and nothing would make it ask again.
 */
import { makeOperation, type Exchange, type Operation } from 'urql';
import { map, pipe } from 'wonka';
import { laterOf, type Position } from './position';

export class SeenPosition {
  private position: Position | undefined;

  note(position: Position | undefined): void {
    this.position = laterOf(this.position, position);
  }

  latest(): Position | undefined {
    return this.position;
  }
}

/** The log that this page shows is one, whoever is signed in. */
export const seenPosition = new SeenPosition();

/** Puts it into every query that can wait for a position. */
export function waitsForWhatWasSeen(seen: SeenPosition): Exchange {
  return ({ forward }) => (operations) => forward(pipe(operations, map((operation) => waiting(operation, seen.latest()))));
}

function waiting(operation: Operation, latest: Position | undefined): Operation {
  const { minPosition } = operation.variables as { minPosition?: Position | null };
  if (operation.kind !== 'query' || minPosition === undefined || latest === undefined) return operation;
  const variables = { ...operation.variables, minPosition: laterOf(minPosition ?? undefined, latest) };
  // The same key: whoever asked gets the answer
  return makeOperation(operation.kind, { key: operation.key, query: operation.query, variables }, operation.context);
}

import { Client, gql, type Operation } from 'urql';
import { filter, fromValue, map, mergeMap, pipe } from 'wonka';
import { expect, it } from 'vitest';
import { SeenPosition, waitsForWhatWasSeen } from './seen-position';

const WAITS = gql`query Waits($minPosition: Position) { readPosition(min: $minPosition) { position } }`;

/** What the server is asked for. */
async function asked(seen: SeenPosition, variables: Record<string, unknown>): Promise<unknown> {
  const sent: Operation[] = [];
  const client = new Client({
    url: '/graphql',
    exchanges: [
      waitsForWhatWasSeen(seen),
      () => (operations) => pipe(
        operations,
        filter(({ kind }) => kind === 'query'),
        mergeMap((operation) => {
          sent.push(operation);
          return pipe(fromValue(operation), map(() => ({ operation, data: {}, stale: false, hasNext: false })));
        }),
      ),
    ],
  });
  await client.query(WAITS, variables).toPromise();
  return sent.map((operation) => operation.variables);
}

it.each([
  ['nothing was seen', undefined, { minPosition: null }, { minPosition: null }],
  ['an event was seen', '12', { minPosition: null }, { minPosition: '12' }],
  ['more was written than seen', '9', { minPosition: '12' }, { minPosition: '12' }],
  ['more was seen than written', '100', { minPosition: '12' }, { minPosition: '100' }],
  ['it cannot wait', '12', { other: 1 }, { other: 1 }],
])('%s', async (_what, position, variables, sent) => {
  const seen = new SeenPosition();
  seen.note(position);
  expect(await asked(seen, variables)).toEqual([sent]);
});

it('never goes back', () => {
  const seen = new SeenPosition();
  seen.note('12');
  seen.note('9');
  seen.note(undefined);
  expect(seen.latest()).toBe('12');
});

// A page of the past says how long things had lasted then, not until today.
import { cleanup, render, screen } from '@testing-library/react';
import { Client, Provider } from 'urql';
import { filter, fromValue, map, mergeMap, pipe } from 'wonka';
import { afterEach, expect, it } from 'vitest';
import { Lasting } from '../time/Moment';
import { ShownMoment } from './ShownMoment';

afterEach(cleanup);

/** A log with one event. */
const client = new Client({
  url: '/graphql',
  exchanges: [
    () => (operations) => pipe(
      operations,
      filter(({ kind }) => kind === 'query'),
      mergeMap((operation) => {
        const known = (operation.variables as { position: string }).position === '12';
        const event = known ? { __typename: 'Event', id: 'e', recordedAt: '2026-11-22T00:05:00Z' } : null;
        return pipe(fromValue(operation), map(() => ({ operation, data: { event }, stale: false, hasNext: false })));
      }),
    ),
  ],
});

function lasting(asOf: string | undefined, position: string | null, to?: string): string {
  render(
    <Provider value={client}>
      <ShownMoment asOf={asOf} position={position}>
        <div role="status">
          <Lasting from="2026-11-22T00:00:00Z" to={to} />
        </div>
      </ShownMoment>
    </Provider>,
  );
  return screen.getByRole('status').textContent;
}

it('ends with the event that the page is of', () => {
  expect(lasting('12', '12')).toBe('5 min');
});

it('ends with the time that the address asks for', () => {
  expect(lasting('2026-11-22T00:07:30Z', '12')).toBe('7 min 30 s');
});

it('leaves what was over as long as it was', () => {
  expect(lasting('12', '12', '2026-11-22T00:01:00Z')).toBe('1 min');
});

it('says nothing of a moment that it does not know', () => {
  expect(lasting('13', '13')).toBe('–');
});

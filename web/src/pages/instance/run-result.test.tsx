// Under a badge that says "live", a result that was opened goes on being one.
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { Client, Provider } from 'urql';
import { filter, fromValue, map, mergeMap, pipe } from 'wonka';
import { afterEach, expect, it } from 'vitest';
import { InEnglish } from '../../text/InEnglish';
import { RunResult } from './RunResult';

afterEach(cleanup);

let profit = '0';

const client = new Client({
  url: '/graphql',
  exchanges: [
    () => (operations) => pipe(
      operations,
      filter(({ kind }) => kind === 'query'),
      mergeMap((operation) => pipe(fromValue(operation), map(() => ({ operation, data: answer(), stale: false, hasNext: false })))),
    ),
  ],
});

function answer() {
  const position = { exchange: 'mexc', pair: 'WLD/USDT', base: '0', averageCost: null, markPrice: null, profit, realised: profit, unrealised: '0', fees: '0', otherFees: [], volume: '0' };
  return { execution: { id: 'e', positions: [position] }, instance: { id: 'i', positions: [position] } };
}

const result = (pulse: string) => (
  <MantineProvider env="test">
    <Provider value={client}>
      <RunResult instanceKey="a-b-c" run={1} asOf={null} hasOthers={false} pulse={pulse} onClose={() => undefined} />
    </Provider>
  </MantineProvider>
);

it('is read again whenever something happened', () => {
  const { rerender } = render(result(''), { wrapper: InEnglish });
  expect(screen.queryAllByText('0 USDT')).not.toEqual([]);
  profit = '1.5';
  rerender(result('12'));
  expect(screen.queryAllByText('1.5 USDT')).toHaveLength(2);
});

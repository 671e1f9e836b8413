import { expect, it } from 'vitest';
import { countsTrades } from './counts-trades';

it.each([
  ['volume', 0, true],
  ['pureMarketMaking', 0, false],
  ['arbitrage', 0, false],
  [null, 0, false],
  [null, 7, true],
])('%s with %d: %s', (executorType, executedTrades, counts) => {
  expect(countsTrades({ executorType, executedTrades })).toBe(counts);
});

import { expect, it } from 'vitest';
import { heldEarlier } from './held-earlier';

const position = (pair: string, base: string, exchange = 'mexc') => ({ exchange, pair, base });

it('is what the total has and this run has not', () => {
  expect(heldEarlier([position('WLD/USDT', '12.5'), position('BTC/USDT', '1')], [position('WLD/USDT', '2.5'), position('BTC/USDT', '1')])).toEqual([
    { exchange: 'mexc', pair: 'WLD/USDT', coin: 'WLD', amount: '10', isShort: false },
  ]);
});

it('is all of it where this run has not traded, and told where this run is the other way round', () => {
  expect(heldEarlier([position('WLD/USDT', '3')], []).map(({ amount }) => amount)).toEqual(['3']);
  expect(heldEarlier([position('WLD/USDT', '0')], [position('WLD/USDT', '-5')])).toMatchObject([{ amount: '5', isShort: false }]);
});

it('does not take one exchange for another', () => {
  expect(heldEarlier([position('WLD/USDT', '3'), position('WLD/USDT', '4', 'okx')], [position('WLD/USDT', '4', 'okx')])).toMatchObject([{ exchange: 'mexc', amount: '3' }]);
});

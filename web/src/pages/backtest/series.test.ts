import { expect, it } from 'vitest';
import { seriesOf } from './series';

const point = (second: number, profit: string) => ({ at: new Date(second * 1000).toISOString(), profit, price: '1.5', inventory: '20' });
const trade = (exchange: string, price: string) => ({
  at: new Date(2000).toISOString(), exchange, pair: 'WLD/USDT', side: 'SELL' as const, price, quantity: '20',
});
const market = {
  exchange: 'binance', pair: 'WLD/USDT', lastPrice: '1', trades: 1, bought: '0', sold: '20', inventory: '-20', largestInventory: '20', profit: '0',
};

it('keeps the highest profit until then beside the profit', () => {
  const { times, profit, best } = seriesOf({ equity: [point(1, '-1'), point(2, '3'), point(3, '2')], trades: [], markets: [] });
  expect(times).toEqual([1, 2, 3]);
  expect(profit).toEqual([-1, 3, 2]);
  expect(best).toEqual([0, 3, 3]);
});

it('marks the trades of the market that the price is of, and keeps them in view', () => {
  const { marks, extent } = seriesOf({ equity: [point(1, '0')], trades: [trade('binance', '1.7'), trade('mexc', '9')], markets: [market] });
  expect(marks).toEqual([{ side: 'SELL', price: 1.7, at: 2 }]);
  expect(extent).toEqual([1.5, 1.7]);
});

it('draws nothing of nothing', () => {
  expect(seriesOf({ equity: [], trades: [], markets: [] }).extent).toBeUndefined();
});

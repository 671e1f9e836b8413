import { expect, it } from 'vitest';
import type { FillRow, OrderRow } from './instance';
import { quoteChart } from './quotes';

const at = (second: number) => `2026-11-22T00:00:${String(second).padStart(2, '0')}Z`;
const zero = new Date(at(0)).getTime() / 1000;
const order = (side: 'BUY' | 'SELL', price: string, from: number, to: number | null) =>
  ({ side, price, referencePrice: '100', intendedAt: at(from), endedAt: to === null ? null : at(to) }) as OrderRow;
const fill = (side: 'BUY' | 'SELL' | null, price: string, when: number) => ({ side, price, filledAt: at(when) }) as FillRow;

it('draws the best quote of each side from decision to end, and fills as points', () => {
  const orders = [order('BUY', '99.5', 0, 10), order('BUY', '99.9', 5, 10), order('SELL', '101', 0, null)];
  const chart = quoteChart(orders, [fill('BUY', '99.9', 10), fill(null, '1', 5)], new Date(at(20)));
  expect(chart.times.map((time) => time - zero)).toEqual([0, 5, 10, 20]);
  expect(chart.buys).toEqual([99.5, 99.9, 99.9, null]);
  expect(chart.sells).toEqual([101, 101, 101, 101]);
  expect(chart.buyFills).toEqual([null, null, 99.9, null]);
  expect(chart.reference).toEqual([100, 100, null, null]);
});

it('is empty without orders', () => {
  expect(quoteChart([], [], new Date(at(0))).times).toEqual([]);
});

import { expect, it } from 'vitest';
import type { FillRow } from './instance';
import { quoteChart } from './quotes';
import type { SeenOrder } from './run-orders';

const at = (second: number) => `2026-11-22T00:00:${String(second).padStart(2, '0')}Z`;
const zero = new Date(at(0)).getTime() / 1000;
const order = (side: 'BUY' | 'SELL', price: string, from: number, to: number | null, seenUntil?: number) =>
  ({ side, price, referencePrice: '100', intendedAt: at(from), endedAt: to === null ? null : at(to), seenUntil }) as SeenOrder;
const fill = (side: 'BUY' | 'SELL' | null, quantity: string, when: number, fee = '0', feeCurrency = 'USDT') =>
  ({ side, price: '99.9', quantity, fee, feeCurrency, pair: 'WLD/USDT', filledAt: at(when) }) as FillRow;
const window = { since: zero, until: zero + 20 };

it('draws the best quote of each side, every order from decision to end, and fills as marks', () => {
  const orders = [order('BUY', '99.5', 0, 10), order('BUY', '99.9', 5, 10), order('SELL', '101', 0, null)];
  const chart = quoteChart({ orders, fills: [fill('BUY', '1', 10), fill(null, '1', 5)], netBase: '1', ...window });
  expect(chart.times.map((time) => time - zero)).toEqual([0, 5, 10, 20]);
  expect(chart.buys).toEqual([99.5, 99.9, null, null]);
  expect(chart.sells).toEqual([101, 101, 101, 101]);
  expect(chart.reference).toEqual([100, 100, null, null]);
  expect(chart.spans.map(({ from, to, price }) => [from - zero, to - zero, price])).toEqual([[0, 10, 99.5], [5, 10, 99.9], [0, 20, 101]]);
  expect(chart.marks).toEqual([{ side: 'BUY', price: 99.9, at: zero + 10 }]);
  expect(chart.extent).toEqual([99.5, 101]);
});

it('shows nothing before the window, and an order that began before it from its edge on', () => {
  const orders = [order('BUY', '99', 0, 4), order('BUY', '98', 2, 8)];
  const chart = quoteChart({ orders, fills: [fill('BUY', '1', 3)], netBase: '1', since: zero + 5, until: zero + 20 });
  expect(chart.times.map((time) => time - zero)).toEqual([5, 8, 20]);
  expect(chart.buys).toEqual([98, null, null]);
  expect(chart.marks).toEqual([]);
});

it('draws an order that was lost from sight only as long as it was seen', () => {
  const chart = quoteChart({ orders: [order('SELL', '101', 0, null, zero + 6)], fills: [], netBase: null, ...window });
  expect(chart.sells).toEqual([101, null, null]);
});

it('has a gap while there is no order, and the new price from the moment the old one ended', () => {
  const orders = [order('BUY', '99', 0, 4), order('BUY', '98', 4, 8), order('BUY', '97', 12, null)];
  const chart = quoteChart({ orders, fills: [], netBase: null, ...window });
  expect(chart.times.map((time) => time - zero)).toEqual([0, 4, 8, 12, 20]);
  expect(chart.buys).toEqual([99, 98, null, 97, 97]);
});

it('draws an order that ended after the moment that is shown as still there', () => {
  const chart = quoteChart({ orders: [order('SELL', '101', 0, 30)], fills: [], netBase: null, ...window });
  expect(chart.times.map((time) => time - zero)).toEqual([0, 20]);
  expect(chart.sells).toEqual([101, 101]);
});

it('counts the position back from what it is now, exactly, with fees in the base currency', () => {
  const fills = [fill('SELL', '0.2', 9), fill('BUY', '0.1', 3, '0.01', 'WLD')];
  const chart = quoteChart({ orders: [order('BUY', '99', 0, 12)], fills, netBase: '4.89', ...window });
  expect(chart.times.map((time) => time - zero)).toEqual([0, 3, 9, 12, 20]);
  expect(chart.position).toEqual([5, 5.09, 4.89, 4.89, 4.89]);
});

it('is empty without orders', () => {
  expect(quoteChart({ orders: [], fills: [], netBase: null, ...window }).times).toEqual([]);
});

import { expect, it } from 'vitest';
import type { FillRow, OrderRow } from './instance';
import { NOTHING_SEEN, withEarlier, withNewest } from './run-orders';

const order = (position: number, endedAt: string | null = null) =>
  ({ clientOrderId: `o${position}`, position: String(position), endedAt }) as OrderRow;
const page = (...orders: OrderRow[]) => ({ orders, fills: [] as FillRow[] });
const seen = (result: { orders: readonly { clientOrderId: string }[] }) => result.orders.map(({ clientOrderId }) => clientOrderId);

it('keeps what newer orders pushed off the page, latest first', () => {
  const first = withNewest(NOTHING_SEEN, page(order(9), order(10)), 1);
  expect(seen(withNewest(first, page(order(10), order(11)), 2))).toEqual(['o11', 'o10', 'o9']);
});

it('believes the newest page, and says how long the rest was seen open', () => {
  const first = withNewest(NOTHING_SEEN, page(order(1), order(2), order(3)), 1);
  const later = withNewest(first, page(order(3, 'ended'), order(4)), 7);
  expect(later.orders.map((one) => [one.clientOrderId, one.endedAt, one.seenUntil])).toEqual([
    ['o4', null, undefined],
    ['o3', 'ended', undefined],
    ['o2', null, 7],
    ['o1', null, 7],
  ]);
});

it('begins anew when a full page has nothing known in it: something was missed between', () => {
  const first = withNewest(NOTHING_SEEN, page(order(1)), 1);
  const full = Array.from({ length: 200 }, (_, index) => order(1_000 + index));
  expect(withNewest(first, page(...full), 2).orders).toHaveLength(200);
});

it('puts earlier pages under it without touching what is known', () => {
  const first = withNewest(NOTHING_SEEN, page(order(5, 'ended')), 1);
  const earlier = withEarlier(first, page(order(3), order(5)), 2);
  expect(earlier.orders.map((one) => [one.clientOrderId, one.endedAt])).toEqual([['o5', 'ended'], ['o3', null]]);
});

/** The orders and fills of a run as far as this page has seen them: the newest page, what came before it, and more on request. */
import { comparePositions } from '../../live/position';
import type { FillRow, OrderRow } from './instance';

export type SeenOrder = OrderRow & {
  /** Seconds: when it was last seen, once newer orders pushed it off the newest page while it was open. */
  seenUntil?: number | undefined;
};

export interface RunOrders {
  /** Latest first. */
  orders: readonly SeenOrder[];
  fills: readonly FillRow[];
}

export interface OrdersPage {
  orders: readonly OrderRow[];
  fills: readonly FillRow[];
}

export const NOTHING_SEEN: RunOrders = { orders: [], fills: [] };

/** What a page asks for at once; without one known order in that many, some were missed. */
const FULL_PAGE = 200;
/** More than a chart can show. */
const MOST_KEPT = 5_000;

/** The newest page on top of what was seen; anew where orders between the two were missed. `at`: seconds. */
export function withNewest(seen: RunOrders, page: OrdersPage, at: number): RunOrders {
  const known = new Set(seen.orders.map(({ clientOrderId }) => clientOrderId));
  const gap = page.orders.length >= FULL_PAGE && !page.orders.some(({ clientOrderId }) => known.has(clientOrderId));
  const before = gap ? NOTHING_SEEN : seen;
  const left = before.orders.map((order) => (order.endedAt === null ? { ...order, seenUntil: order.seenUntil ?? at } : order));
  return merged({ orders: left, fills: before.fills }, page);
}

/** An older page under what was seen. */
export function withEarlier(seen: RunOrders, page: OrdersPage, at: number): RunOrders {
  const older = page.orders.map((order): SeenOrder => (order.endedAt === null ? { ...order, seenUntil: at } : order));
  return merged({ orders: older, fills: page.fills }, seen);
}

function merged(under: RunOrders, over: RunOrders): RunOrders {
  return {
    orders: newest([...under.orders, ...over.orders], ({ clientOrderId }) => clientOrderId),
    fills: newest([...under.fills, ...over.fills], ({ fillId }) => fillId),
  };
}

/** Of each the last given, latest first. */
function newest<Row extends { position: string }>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return [...byKey.values()].sort((a, b) => comparePositions(b.position, a.position)).slice(0, MOST_KEPT);
}

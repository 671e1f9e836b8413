/** Orders and fills as lines and points over time: pure, so that the chart only draws. */
import type { FillRow, OrderRow } from './instance';

export interface QuoteChart {
  /** Seconds, ascending, each once. */
  times: number[];
  buys: (number | null)[];
  sells: (number | null)[];
  reference: (number | null)[];
  buyFills: (number | null)[];
  sellFills: (number | null)[];
}

const seconds = (moment: string) => new Date(moment).getTime() / 1000;

/**
 * A quote is drawn from its decision to its end; of several at once the best is: the highest bid, the lowest ask.
 * Prices become doubles here and nowhere else: a screen shows no twentieth digit.
 */
export function quoteChart(orders: readonly OrderRow[], fills: readonly FillRow[], now: Date): QuoteChart {
  const moments = new Set<number>();
  for (const order of orders) {
    moments.add(seconds(order.intendedAt));
    if (order.endedAt !== null) moments.add(seconds(order.endedAt));
  }
  for (const fill of fills) moments.add(seconds(fill.filledAt));
  if (orders.some(({ endedAt }) => endedAt === null)) moments.add(now.getTime() / 1000);
  const times = [...moments].sort((a, b) => a - b);
  const at = new Map(times.map((time, index) => [time, index]));
  const chart: QuoteChart = { times, buys: [], sells: [], reference: [], buyFills: [], sellFills: [] };
  for (const name of ['buys', 'sells', 'reference', 'buyFills', 'sellFills'] as const) {
    chart[name] = times.map(() => null);
  }
  for (const order of orders) drawOrder(chart, order, at, times.length - 1);
  for (const fill of fills) drawFill(chart, fill, at);
  return chart;
}

function drawOrder(chart: QuoteChart, order: OrderRow, at: ReadonlyMap<number, number>, last: number): void {
  const from = at.get(seconds(order.intendedAt)) ?? 0;
  const to = order.endedAt === null ? last : (at.get(seconds(order.endedAt)) ?? last);
  const price = Number(order.price);
  const line = order.side === 'BUY' ? chart.buys : chart.sells;
  const better = order.side === 'BUY' ? Math.max : Math.min;
  for (let index = from; index <= to; index += 1) {
    const there = line[index];
    line[index] = there === null || there === undefined ? price : better(there, price);
  }
  chart.reference[from] = Number(order.referencePrice);
}

function drawFill(chart: QuoteChart, fill: FillRow, at: ReadonlyMap<number, number>): void {
  const index = at.get(seconds(fill.filledAt));
  if (index === undefined || fill.side === null) return;
  (fill.side === 'BUY' ? chart.buyFills : chart.sellFills)[index] = Number(fill.price);
}

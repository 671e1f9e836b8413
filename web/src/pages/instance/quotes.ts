/** Orders and fills as lines and marks over time: pure, so that the chart only draws. */
import { addDecimals, negated } from '../../json/decimal';
import type { FillRow } from './instance';
import type { SeenOrder } from './run-orders';

type Side = 'BUY' | 'SELL';

/** One order at its price, from its decision to its end, in seconds. */
export interface QuoteSpan {
  side: Side;
  price: number;
  from: number;
  to: number;
  /** It was there until `to` and no longer: a sample of that moment is of what came after it. */
  isOver: boolean;
}

export interface FillMark {
  side: Side;
  price: number;
  at: number;
}

type Column = (number | null)[];

/** A value holds from its moment until the next one; where there is none, there was no order. */
export interface QuoteChart {
  /** Seconds, ascending, each once. */
  times: number[];
  /** The best of each side: the highest bid, the lowest ask. */
  buys: Column;
  sells: Column;
  reference: Column;
  /** Net base currency after each fill. */
  position: Column;
  spans: QuoteSpan[];
  marks: FillMark[];
  /** The lowest and the highest price of all that; nothing where there is none. */
  extent: readonly [number, number] | undefined;
}

const seconds = (moment: string) => new Date(moment).getTime() / 1000;

interface Shown {
  orders: readonly SeenOrder[];
  fills: readonly FillRow[];
  /** After the latest fill, as the server counts it. */
  netBase: string | null;
  /** Seconds: nothing before, nothing after. */
  since: number;
  until: number;
}

/** Prices become doubles here and nowhere else: a screen shows no twentieth digit, and the tables have them all. */
export function quoteChart({ orders, fills, netBase, since, until }: Shown): QuoteChart {
  const spans = orders.map(spanOf(until)).filter(({ to, from }) => to >= since && from <= until);
  const known = fills.filter((fill) => seconds(fill.filledAt) >= since && seconds(fill.filledAt) <= until);
  const marks = known.flatMap((fill) => (fill.side === null ? [] : [{ side: fill.side, price: Number(fill.price), at: seconds(fill.filledAt) }]));
  const decided = orders.map((order) => ({ at: seconds(order.intendedAt), price: Number(order.referencePrice) }));
  const moments = new Set<number>();
  for (const { from, to } of spans) moments.add(Math.max(from, since)).add(to);
  for (const { at } of marks) moments.add(at);
  if (moments.size > 0) moments.add(until);
  const times = [...moments].sort((a, b) => a - b);
  const index = new Map(times.map((time, place) => [time, place]));
  const empty = (): Column => times.map(() => null);
  const prices = [...spans, ...marks].map(({ price }) => price);
  const chart: QuoteChart = {
    times, spans, marks,
    extent: prices.length === 0 ? undefined : [Math.min(...prices), Math.max(...prices)],
    buys: empty(), sells: empty(), reference: empty(),
    position: positions(times, fills, netBase),
  };
  for (const span of spans) drawSpan(chart, span, index, since);
  for (const { at, price } of decided) {
    const place = index.get(at);
    if (place !== undefined) chart.reference[place] = price;
  }
  return chart;
}

/** An order without an end is there now; one that left the newest page before it ended, as long as it was seen. */
function spanOf(until: number) {
  return (order: SeenOrder): QuoteSpan => {
    const end = order.endedAt === null ? (order.seenUntil ?? Infinity) : seconds(order.endedAt);
    return { side: order.side, price: Number(order.price), from: seconds(order.intendedAt), to: Math.min(until, end), isOver: end <= until };
  };
}

function drawSpan(chart: QuoteChart, span: QuoteSpan, index: ReadonlyMap<number, number>, since: number): void {
  const line = span.side === 'BUY' ? chart.buys : chart.sells;
  const better = span.side === 'BUY' ? Math.max : Math.min;
  const end = (index.get(span.to) ?? -1) + (span.isOver ? 0 : 1);
  for (let place = index.get(Math.max(span.from, since)) ?? 0; place < end; place += 1) {
    const there = line[place];
    line[place] = there === null || there === undefined ? span.price : better(there, span.price);
  }
}

/** Counted back from what the server says it is now, so that fills before the first one known are in it. */
function positions(times: readonly number[], fills: readonly FillRow[], netBase: string | null): Column {
  if (netBase === null) return times.map(() => null);
  const changes = fills.map((fill) => ({ at: seconds(fill.filledAt), by: baseChange(fill) })).sort((a, b) => a.at - b.at);
  let now = changes.reduce((sum, { by }) => addDecimals(sum, negated(by)) ?? sum, netBase);
  let next = 0;
  return times.map((time) => {
    for (let change = changes[next]; change !== undefined && change.at <= time; change = changes[next]) {
      now = addDecimals(now, change.by) ?? now;
      next += 1;
    }
    return Number(now);
  });
}

/** As the server counts: a fee in the base currency leaves the position, too. */
function baseChange({ side, quantity, fee, feeCurrency, pair }: FillRow): string {
  if (side === null) return '0';
  const change = side === 'BUY' ? quantity : negated(quantity);
  const inQuote = pair?.endsWith(`/${feeCurrency}`) ?? true;
  return inQuote ? change : (addDecimals(change, negated(fee)) ?? change);
}

/** A report as lines over time: pure, so that the charts only draw. */
import type { PaintedTrade } from '../../chart/paint-trade';
import type { BacktestReport } from './backtest';

type Column = (number | null)[];

export interface Series {
  /** Seconds, ascending, each once. */
  times: number[];
  profit: Column;
  /** The highest profit until then: the room below it is the drawdown. */
  best: Column;
  price: Column;
  inventory: Column;
  marks: PaintedTrade[];
  /** The lowest and the highest price of line and marks; nothing where there is none. */
  extent: readonly [number, number] | undefined;
}

const seconds = (moment: string) => new Date(moment).getTime() / 1000;

/** Amounts become doubles here and nowhere else: the tables have every digit. */
export function seriesOf({ equity, trades, markets }: Pick<BacktestReport, 'equity' | 'trades' | 'markets'>): Series {
  const profit = equity.map((point) => Number(point.profit));
  const price = equity.map((point) => Number(point.price));
  let best = 0;
  const here = trades.filter((trade) => trade.exchange === markets[0]?.exchange && trade.pair === markets[0].pair);
  const marks = here.map((trade) => ({ side: trade.side, price: Number(trade.price), at: seconds(trade.at) }));
  const prices = [...price, ...marks.map((mark) => mark.price)];
  return {
    times: equity.map(({ at }) => seconds(at)),
    profit,
    best: profit.map((now) => (best = Math.max(best, now))),
    price,
    inventory: equity.map((point) => Number(point.inventory)),
    marks,
    extent: prices.length === 0 ? undefined : [Math.min(...prices), Math.max(...prices)],
  };
}

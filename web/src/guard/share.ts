/** How much of a limit is used up. */
import { addDecimals, compareDecimals, negated } from '../json/decimal';
import type { Guard } from './guards';

export interface Share {
  limit: 'loss' | 'drawdown';
  amount: string;
  /** Not below zero: a profit uses up nothing. */
  lost: string;
  /** Whole percents, rounded down: 100 means that it is reached. */
  percent: number;
}

/** For each limit of the guard, the loss first. */
export function sharesOf({ loss, drawdown, measure }: Pick<Guard, 'loss' | 'drawdown' | 'measure'>): Share[] {
  if (measure === null) return [];
  const fell = addDecimals(measure.highest, negated(measure.profit)) ?? '0';
  return [
    ...(loss === null ? [] : [shareOf('loss', negated(measure.profit), loss)]),
    ...(drawdown === null ? [] : [shareOf('drawdown', fell, drawdown)]),
  ];
}

function shareOf(limit: Share['limit'], change: string, amount: string): Share {
  const lost = (compareDecimals(change, '0') ?? 0) > 0 ? change : '0';
  const reached = (compareDecimals(lost, amount) ?? -1) >= 0;
  const percent = Math.floor((Number(lost) / Number(amount)) * 100);
  return { limit, amount, lost, percent: reached ? 100 : Math.min(percent, 99) };
}

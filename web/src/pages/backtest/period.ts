/** Which part of which data is tried. */
import type { BacktestOptions } from './backtest';

export interface Period {
  data: 'RECORDED' | 'GENERATED';
  /** Days into the recording. */
  day: number;
  lengthSeconds: number;
  stepSeconds: number;
  /** As typed. */
  seed: string;
}

const DAY = 86_400;
const HOUR = 3_600;

export const FIRST_PERIOD: Period = { data: 'RECORDED', day: 0, lengthSeconds: 6 * HOUR, stepSeconds: 1, seed: '1' };
export const LENGTHS = [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY] as const;
export const STEPS = [1, 5, 10, 60] as const;

/** As the address keeps it. */
export const periodText = ({ data, day, lengthSeconds, stepSeconds, seed }: Period) => [data, day, lengthSeconds, stepSeconds, seed].join(' ');

/** What the form does not offer is as if it were not there. */
export function readPeriod(text: string | undefined): Period {
  const [data, day, length, step, seed] = (text ?? '').split(' ');
  const lengthSeconds = LENGTHS.find((offered) => String(offered) === length);
  const stepSeconds = STEPS.find((offered) => String(offered) === step);
  const isKnown = (data === 'RECORDED' || data === 'GENERATED') && /^\d{1,4}$/.test(day ?? '') && isSeed(seed ?? '');
  if (!isKnown || lengthSeconds === undefined || stepSeconds === undefined) return FIRST_PERIOD;
  return { data, day: Number(day), lengthSeconds, stepSeconds, seed: seed ?? '' };
}

/** The moments at which a backtest may begin, a day apart. */
export function beginnings({ recordedFrom, recordedUntil }: Pick<BacktestOptions, 'recordedFrom' | 'recordedUntil'>): string[] {
  const from = new Date(recordedFrom).getTime();
  const days = Math.floor((new Date(recordedUntil).getTime() - from) / (DAY * 1000));
  return Array.from({ length: days }, (_, day) => new Date(from + day * DAY * 1000).toISOString());
}

export function periodInput({ data, day, lengthSeconds, stepSeconds, seed }: Period) {
  return {
    data,
    fromSeconds: data === 'RECORDED' ? day * DAY : 0,
    lengthSeconds,
    stepSeconds,
    seed: Number(seed),
  };
}

/** What the server would have nothing to say about: a whole number that survives the way there. */
export function isSeed(typed: string): boolean {
  return /^\d{1,15}$/.test(typed);
}

/** The pair that a configuration trades, whatever its executor calls it. */
export function pairIn(config: Readonly<Record<string, unknown>>): string | undefined {
  const pair = config['pair'] ?? config['symbol'];
  return typeof pair === 'string' && pair !== '' ? pair : undefined;
}

/** `WLD/USDT`, `WLD-USDT` and `wld/usdt` are one. */
export function isSamePair(one: string, other: string): boolean {
  const plain = (pair: string) => pair.toUpperCase().replace('-', '/').replace(/:.*$/, '');
  return plain(one) === plain(other);
}

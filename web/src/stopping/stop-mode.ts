/** What a stop does with a run's orders and with what it has bought or sold short. */
import type { graphql } from '../graphql/graphql';

export type StopMode = ReturnType<typeof graphql.scalar<'StopMode'>>;

/** The first is the default, and asks least of the market. */
export const STOP_MODES: readonly StopMode[] = ['CANCEL', 'FLATTEN', 'LEAVE'];

export interface Holding {
  exchange: string;
  pair: string;
  /** Negative when more was sold than bought. */
  base: string;
}

export interface Held {
  exchange: string;
  pair: string;
  coin: string;
  amount: string;
  isShort: boolean;
}

const OTHER_THAN_ZERO = /^-?[0.]*[1-9]/;

/** The markets where there is something to close. */
export function heldOf(positions: readonly Holding[]): Held[] {
  return positions
    .filter(({ base }) => OTHER_THAN_ZERO.test(base))
    .map(({ exchange, pair, base }) => ({
      exchange,
      pair,
      coin: pair.split(/[/-]/)[0] ?? pair,
      amount: base.replace('-', ''),
      isShort: base.startsWith('-'),
    }));
}

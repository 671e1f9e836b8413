/** What other runs hold, by what all of them and one of them do: runs go on with nothing, and what one leaves is still there. */
import { addDecimals, negated } from '../json/decimal';
import { heldOf, type Held, type Holding } from './stop-mode';

export function heldEarlier(all: readonly Holding[], run: readonly Holding[]): Held[] {
  const own = (exchange: string, pair: string) => run.find((position) => position.exchange === exchange && position.pair === pair)?.base ?? '0';
  return heldOf(all.map(({ exchange, pair, base }) => ({ exchange, pair, base: addDecimals(base, negated(own(exchange, pair))) ?? base })));
}

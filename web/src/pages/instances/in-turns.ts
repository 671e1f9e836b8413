/** The server stops so many at once: more are asked for in turns. */
export const MOST_AT_ONCE = 200;

export function inTurns<T>(all: readonly T[], most = MOST_AT_ONCE): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, turn) => all.slice(turn * most, (turn + 1) * most));
}

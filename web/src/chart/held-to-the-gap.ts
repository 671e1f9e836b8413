/**
 * A stepped line is drawn from value to value, so that one before a gap would end where it began. It gets another value
 * just before the gap: a value holds until the next moment, whatever that brings.
 */
type Column = readonly (number | null)[];

interface Held {
  times: number[];
  columns: (number | null)[][];
}

/** Less than a screen can show, more than a double forgets of a second of today. */
const JUST_BEFORE_SECONDS = 0.001;

/** `isStepped`: which of the columns are. The others have nothing there. */
export function heldToTheGap(times: readonly number[], columns: readonly Column[], isStepped: readonly boolean[]): Held {
  const held: Held = { times: [], columns: columns.map(() => []) };
  const breaksOff = (place: number) => columns.some((column, which) => isStepped[which] && column[place] === null && (column[place - 1] ?? null) !== null);
  times.forEach((time, place) => {
    const before = times[place - 1];
    if (before !== undefined && breaksOff(place)) {
      held.times.push(time - Math.min(JUST_BEFORE_SECONDS, (time - before) / 2));
      columns.forEach((column, which) => held.columns[which]?.push(isStepped[which] ? (column[place - 1] ?? null) : null));
    }
    held.times.push(time);
    columns.forEach((column, which) => held.columns[which]?.push(column[place] ?? null));
  });
  return held;
}

/** The list as it was loaded, with the rows that changed since then. */
import { reached } from '../../live/position';
import type { InstanceRow } from './instances';

/** By id: the latest row seen. */
export type LiveRows = ReadonlyMap<string, InstanceRow>;

export const NO_CHANGES: LiveRows = new Map();

export function withChange(live: LiveRows, change: InstanceRow): LiveRows {
  return new Map(live).set(change.id, change);
}

/** The rows to show: each the newer of what was loaded and what came in. */
export function shownRows(rows: readonly InstanceRow[], live: LiveRows): InstanceRow[] {
  return rows.map((row) => {
    const change = live.get(row.id);
    return change !== undefined && reached(change.lastPosition, row.lastPosition) ? change : row;
  });
}

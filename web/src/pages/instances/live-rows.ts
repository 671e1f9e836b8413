/** The list as it was loaded, with the rows that changed since then. */
import type { InstanceRow } from './instances';
import { reached } from '../../live/position';

export interface LiveRows {
  /** By id: the latest row seen. */
  changed: ReadonlyMap<string, InstanceRow>;
  /** Instances that the list does not hold: it may be longer, shorter or otherwise sorted by now. */
  elsewhere: ReadonlySet<string>;
}

export const NO_CHANGES: LiveRows = { changed: new Map(), elsewhere: new Set() };

export function withChange(live: LiveRows, rows: readonly InstanceRow[], change: InstanceRow): LiveRows {
  if (!rows.some(({ id }) => id === change.id)) {
    return { ...live, elsewhere: new Set(live.elsewhere).add(change.id) };
  }
  return { ...live, changed: new Map(live.changed).set(change.id, change) };
}

/** The rows to show: each the newer of what was loaded and what came in. */
export function shownRows(rows: readonly InstanceRow[], live: LiveRows): InstanceRow[] {
  return rows.map((row) => {
    const change = live.changed.get(row.id);
    return change !== undefined && reached(change.lastPosition, row.lastPosition) ? change : row;
  });
}

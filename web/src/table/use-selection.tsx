import { useMemo, useRef, useState } from 'react';
import { useText } from '../text/text';
import type { Column } from './columns';

/** Which rows are ticked; rows that left the list are not. `keyOf` is to stay the same function. */
export function useSelection<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const text = useText();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const selected = rows.filter((row) => keys.has(keyOf(row)));
  const latest = useRef(rows);
  latest.current = rows;
  // Their numbers, not the rows: those change all the time, and with the column every cell would be drawn anew
  const [count, ticked] = [rows.length, selected.length];
  const column = useMemo(
    (): Column<Row> => ({
      id: 'select',
      header: '',
      head: (
        <input
          type="checkbox"
          className="row-check"
          aria-label={text.table.selectAll(count)}
          checked={ticked > 0 && ticked === count}
          ref={(box) => {
            if (box !== null) box.indeterminate = ticked > 0 && ticked < count;
          }}
          onChange={(event) => setKeys(event.currentTarget.checked ? new Set(latest.current.map(keyOf)) : new Set())}
        />
      ),
      width: '28px',
      cell: (row) => (
        <input
          type="checkbox"
          className="row-check"
          aria-label={text.table.select(keyOf(row))}
          checked={keys.has(keyOf(row))}
          onChange={(event) => setKeys(toggled(keyOf(row), event.currentTarget.checked))}
        />
      ),
    }),
    [keys, keyOf, text, count, ticked],
  );
  return { selected, column, clear: () => setKeys(new Set()) };
}

function toggled(key: string, on: boolean) {
  return (before: ReadonlySet<string>) => {
    const next = new Set(before);
    if (on) next.add(key);
    else next.delete(key);
    return next;
  };
}

import { useMemo, useState } from 'react';
import { useText } from '../text/text';
import type { Column } from './columns';

/** Which rows are ticked; rows that left the list are not. `keyOf` is to stay the same function. */
export function useSelection<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const text = useText();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const selected = rows.filter((row) => keys.has(keyOf(row)));
  const column = useMemo(
    (): Column<Row> => ({
      id: 'select',
      header: '',
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
    [keys, keyOf, text],
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

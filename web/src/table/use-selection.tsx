import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../text/text';
import type { Column } from './columns';

/** Which rows are ticked; rows that left the list are not. */
export function useSelection<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const text = useText();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const selected = rows.filter((row) => keys.has(keyOf(row)));
  const toggle = (key: string, on: boolean) => {
    const next = new Set(keys);
    if (on) next.add(key);
    else next.delete(key);
    setKeys(next);
  };
  const column = (): Column<Row> => ({
    id: 'select',
    header: '',
    width: '28px',
    cell: (row) => (
      <Checkbox
        aria-label={text.table.select(keyOf(row))}
        checked={keys.has(keyOf(row))}
        onChange={(event) => toggle(keyOf(row), event.currentTarget.checked)}
      />
    ),
  });
  return { selected, column, clear: () => setKeys(new Set()) };
}

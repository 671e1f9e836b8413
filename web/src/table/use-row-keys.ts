/** Arrow keys go from row to row, to the first thing in each that can be followed or pressed. */
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

interface RowKeysOptions {
  count: number;
  table: RefObject<HTMLElement | null>;
  /** Brings a row into view: only those in view exist. */
  show: (index: number) => void;
}

const HANDLES = 'a, button, input';

export function useRowKeys({ count, table, show }: RowKeysOptions) {
  const [wanted, setWanted] = useState<number | undefined>();
  const latest = useRef(show);
  latest.current = show;

  // After every drawing: the row may not be there before it is scrolled to
  useEffect(() => {
    if (wanted === undefined) return;
    const row = rowAt(table.current, wanted);
    if (row === undefined) return;
    (row.querySelector<HTMLElement>('a, button') ?? row.querySelector<HTMLElement>(HANDLES))?.focus();
    setWanted(undefined);
  });

  return (event: KeyboardEvent<HTMLElement>) => {
    const next = rowAfter(event.key, rowOf(event.target), count);
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    latest.current(next);
    setWanted(next);
  };
}

/** Where a key leads from a row; from none it enters at an end. */
export function rowAfter(key: string, from: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return from === undefined ? 0 : Math.min(count - 1, from + 1);
    case 'ArrowUp':
      return from === undefined ? undefined : Math.max(0, from - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Counted from 0; the head is row 1 of the table. */
function rowOf(target: EventTarget): number | undefined {
  const row = (target as Element).closest('[role="row"]')?.getAttribute('aria-rowindex');
  return row === null || row === undefined || row === '1' ? undefined : Number(row) - 2;
}

function rowAt(table: HTMLElement | null, index: number): HTMLElement | undefined {
  return table?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`) ?? undefined;
}

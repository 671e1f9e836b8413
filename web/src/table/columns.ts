import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  /** Stands at the head in place of the words. */
  head?: ReactNode;
  /** A CSS grid track: `minmax(120px, 2fr)`. */
  width: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  /** What the server sorts by, when it can. */
  sort?: string;
}

export interface Sorting {
  field: string;
  descending: boolean;
}

export function gridTracks<Row>(columns: readonly Column<Row>[]): string {
  return columns.map(({ width }) => width).join(' ');
}

/** Narrower than this the table scrolls sideways instead of squeezing: the sum of the tracks' smallest widths. */
export function smallestWidth<Row>(columns: readonly Column<Row>[]): number {
  const widths = columns.map(({ width }) => Number(/(\d+)px/.exec(width)?.[1] ?? 100));
  return widths.reduce((sum, width) => sum + width + 12, 24);
}

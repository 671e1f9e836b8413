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
  /** Left out where not everything fits. */
  spare?: boolean;
  /** Stays in view on a phone while the others are scrolled past it. */
  names?: boolean;
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

/** Without the spare ones, the last first, as far as the others need their room. Of a table without a width, all. */
export function fittingColumns<Row>(columns: readonly Column<Row>[], width: number): readonly Column<Row>[] {
  if (width === 0 || smallestWidth(columns) <= width) return columns;
  const last = columns.findLastIndex(({ spare }) => spare);
  return last < 0 ? columns : fittingColumns(columns.toSpliced(last, 1), width);
}

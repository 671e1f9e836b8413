/** A table that stays quick with ten thousand rows: only those in view exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from '@mantine/core';
import { memo, useMemo, useRef, useState, type CSSProperties } from 'react';
import { usePreferences } from '../preferences/preferences';
import { useText } from '../text/text';
import { useRowKeys } from './use-row-keys';
import { fittingColumns, gridTracks, smallestWidth, type Column, type Sorting } from './columns';
import { useWidth } from './use-width';

interface DataTableProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  total?: number | undefined;
  sorting?: Sorting | undefined;
  onSort?: (sorting: Sorting) => void;
  /** A mark that changes when the row did, to show for a moment that it was this one. */
  changeOf?: (row: Row) => string | undefined;
  height?: string;
}

const ROW_HEIGHT = { comfortable: 46, compact: 34 };
/** Few rows need no scrolling of their own. */
const SHORT = 12;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, keyOf, name } = props;
  const text = useText();
  const { preferences } = usePreferences();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const [wanted, setWanted] = useState(false);
  const columns = useMemo(() => (wanted ? props.columns : fittingColumns(props.columns, width)), [wanted, props.columns, width]);
  const rowHeight = ROW_HEIGHT[preferences.density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(rows[index] as Row),
    overscan: 12,
    initialRect: { width: 1000, height: 800 },
  });
  const onKeyDown = useRowKeys({ count: rows.length, table: scroller, show: (index) => virtual.scrollToIndex(index) });
  const tracks: CSSProperties = { gridTemplateColumns: gridTracks(columns), minWidth: smallestWidth(columns) };
  const height = rows.length <= SHORT ? undefined : (props.height ?? 'min(68vh, 900px)');
  const table = (
    <div
      ref={scroller}
      className="table-scroll"
      style={{ height }}
      role="region"
      aria-label={text.table.scroll(name)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="table" aria-label={name} aria-rowcount={(props.total ?? rows.length) + 1}>
        <div role="rowgroup" className="row-head" style={{ minWidth: tracks.minWidth }}>
          <div role="row" aria-rowindex={1} className="row-grid" style={tracks}>
            {columns.map((column) => (
              <Header key={column.id} column={column} sorting={props.sorting} onSort={props.onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: tracks.minWidth }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index] as Row;
            const change = props.changeOf?.(row);
            return (
              <div
                key={`${item.key}${change ?? ''}`}
                role="row"
                aria-rowindex={item.index + 2}
                className={change === undefined ? 'row-grid row-body' : 'row-grid row-body row-changed'}
                style={{ ...tracks, height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <Cells columns={columns} row={row} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
  const leftOut = fittingColumns(props.columns, width).length < props.columns.length;
  return (
    <div>
      {table}
      {leftOut ? (
        <Button variant="subtle" size="compact-sm" mt={4} aria-pressed={wanted} onClick={() => setWanted(!wanted)}>
          {text.table.allColumns(props.columns.length)}
        </Button>
      ) : null}
    </div>
  );
}

interface CellsProps<Row> {
  columns: readonly Column<Row>[];
  row: Row;
}

/** Drawn anew only when the row or the columns are others: scrolling, and other rows' changes, leave it alone. */
const Cells = memo(function Cells<Row>({ columns, row }: CellsProps<Row>) {
  return columns.map((column) => (
    <div key={column.id} role="cell" className={classOf(column)}>
      {column.cell(row)}
    </div>
  ));
}) as <Row>(props: CellsProps<Row>) => React.JSX.Element;

function classOf<Row>({ numeric, names }: Column<Row>): string | undefined {
  return names ? 'row-name' : numeric ? 'numeric' : undefined;
}

interface HeaderProps<Row> {
  column: Column<Row>;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}

function Header<Row>({ column, sorting, onSort }: HeaderProps<Row>) {
  const text = useText();
  const { sort, header } = column;
  if (sort === undefined || onSort === undefined) return <div role="columnheader" className={classOf(column)}>{column.head ?? header}</div>;
  const active = sorting?.field === sort ? sorting : undefined;
  const order = active === undefined ? 'none' : active.descending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={order} className={classOf(column)}>
      <button
        type="button"
        className="sort-button"
        title={text.table.sortBy(header)}
        onClick={() => onSort({ field: sort, descending: active !== undefined && !active.descending })}
      >
        {header} <span aria-hidden="true">{active === undefined ? '' : active.descending ? '↓' : '↑'}</span>
      </button>
    </div>
  );
}

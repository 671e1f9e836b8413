/** A chart with what it needs to be understood without seeing it: a name, a sentence, and its numbers as a table. */
import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useId, type ComponentProps, type ReactNode } from 'react';
import { useText } from '../text/text';

/** The drawing library is loaded with the first chart. */
const Plot = lazy(() => import('./Plot'));

interface ChartProps extends ComponentProps<typeof Plot> {
  title?: string;
  name: string;
  about?: ReactNode;
  beside?: ReactNode;
  /** Its numbers, a row each; left out where the page shows them anyway. */
  table?: { heads: readonly string[]; rows: readonly (readonly ReactNode[])[] };
}

export function Chart({ title, name, about, beside, table, ...plot }: ChartProps) {
  const id = useId();
  return (
    <figure className="card chart-card" aria-labelledby={id}>
      <div className="chart-head">
        <b id={id} className={title === undefined ? 'visually-hidden' : undefined}>
          {title ?? name}
        </b>
        {beside}
      </div>
      <Suspense fallback={<Skeleton height={plot.height + 36} />}>
        <Plot {...plot} />
      </Suspense>
      {about === undefined ? null : (
        <Text component="figcaption" size="sm" c="dimmed">
          {about}
        </Text>
      )}
      {table === undefined ? null : <Numbers {...table} name={name} />}
    </figure>
  );
}

function Numbers({ heads, rows, name }: NonNullable<ChartProps['table']> & { name: string }) {
  const text = useText();
  return (
    <details className="chart-table">
      <summary>{text.chart.asTable}</summary>
      <div className="chart-numbers" role="region" aria-label={text.table.scroll(name)} tabIndex={0}>
        <table className="numbers">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

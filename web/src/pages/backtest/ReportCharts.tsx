/** The price with each trade, what was held, and what that earned, over the same time. */
import { Stack } from '@mantine/core';
import { useMemo } from 'react';
import { Chart } from '../../chart/Chart';
import { paintTrade } from '../../chart/paint-trade';
import { useText } from '../../text/text';
import type { BacktestReport } from './backtest';
import { seriesOf } from './series';

/** Rows of the table below the charts: a row for each of hundreds of moments would say no more. */
const EVERY_ROW = 10;

export function ReportCharts({ report }: { report: BacktestReport }) {
  const { backtest: says } = useText();
  const series = useMemo(() => seriesOf(report), [report]);
  const prices = useMemo(() => [series.price], [series]);
  const held = useMemo(() => [series.inventory], [series]);
  const earned = useMemo(() => [series.profit, series.best], [series]);
  if (series.times.length < 2) return null;
  const rows = report.equity.filter((_, index) => index % EVERY_ROW === 0);
  return (
    <Stack gap="md">
      <Chart
        name={says.priceChart}
        title={says.priceChart}
        about={says.priceAbout}
        times={series.times}
        columns={prices}
        lines={[{ label: says.price, tone: 'calm', kind: 'step' }]}
        height={280}
        sync="backtest"
        extent={series.extent}
        paint={(canvas) => series.marks.forEach((mark) => paintTrade(canvas, mark, 4))}
      />
      <Chart
        name={says.inventoryChart}
        title={says.inventoryChart}
        times={series.times}
        columns={held}
        lines={[{ label: says.inventory, tone: 'warn', kind: 'step' }]}
        height={150}
        sync="backtest"
      />
      <Chart
        name={says.profitChart}
        title={says.profitChart}
        about={says.profitAbout}
        times={series.times}
        columns={earned}
        lines={[
          { label: says.profit, tone: 'accent', kind: 'step' },
          { label: says.best, tone: 'calm', kind: 'dashed' },
        ]}
        height={200}
        sync="backtest"
        band={[1, 0]}
        table={{
          heads: [says.at, says.profit, says.price, says.inventory],
          rows: rows.map(({ at, profit, price, inventory }) => [at.slice(0, 19).replace('T', ' '), profit, price, inventory]),
        }}
      />
    </Stack>
  );
}

/** What was quoted and what was filled, over time; under it what that did to the position. */
import { SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Chart } from '../../chart/Chart';
import { paintTrade } from '../../chart/paint-trade';
import type { Canvas, Line } from '../../chart/Plot';
import { useText } from '../../text/text';
import { useShownMoment } from '../../time/shown-moment';
import { quoteChart, type QuoteChart as Shown } from './quotes';
import type { RunOrders } from './run-orders';

interface QuoteChartProps extends RunOrders {
  netBase: string | null;
  /** Null while the run goes on, or went on at the moment that is shown. */
  closedAt: string | null;
}

const MINUTES = ['1', '5', '15', 'all'] as const;

export function QuoteChart({ orders, fills, netBase, closedAt }: QuoteChartProps) {
  const { instance: says } = useText();
  const [minutes, setMinutes] = useState<string>('5');
  const shown = useShownMoment();
  const end = closedAt === null ? shown : new Date(closedAt);
  // The latest there is, until it is known how long that went on
  const until = end === undefined ? latestOf(orders, fills) : end.getTime() / 1000;
  const since = minutes === 'all' ? 0 : until - Number(minutes) * 60;
  const chart = useMemo(() => quoteChart({ orders, fills, netBase, since, until }), [orders, fills, netBase, since, until]);
  const prices = useMemo(() => [chart.buys, chart.sells, chart.reference], [chart]);
  const position = useMemo(() => [chart.position], [chart]);
  const lines: Line[] = [
    { label: says.buys, tone: 'good', kind: 'step' },
    { label: says.sells, tone: 'bad', kind: 'step' },
    { label: says.reference, tone: 'calm', kind: 'dashed' },
  ];
  return (
    <Stack gap="md">
      <Chart
        name={says.chart}
        title={says.chart}
        about={says.chartAbout}
        beside={
          <SegmentedControl
            size="xs"
            aria-label={says.chartRange}
            value={minutes}
            onChange={setMinutes}
            data={MINUTES.map((value) => ({ value, label: value === 'all' ? says.chartAll : says.chartMinutes(value) }))}
          />
        }
        times={chart.times}
        columns={prices}
        lines={lines}
        height={340}
        sync="quotes"
        band={[1, 0]}
        extent={chart.extent}
        paint={(canvas) => paintOrders(canvas, chart)}
      />
      {netBase === null ? null : (
        <Chart
          name={says.positionChart}
          title={says.positionChart}
          about={says.positionAbout}
          times={chart.times}
          columns={position}
          lines={[{ label: says.netBase, tone: 'accent', kind: 'step' }]}
          height={150}
          sync="quotes"
        />
      )}
    </Stack>
  );
}

function latestOf(orders: RunOrders['orders'], fills: RunOrders['fills']): number {
  const moments = [...orders.flatMap(({ intendedAt, endedAt }) => [intendedAt, endedAt ?? intendedAt]), ...fills.map(({ filledAt }) => filledAt)];
  return Math.max(...moments.map((moment) => new Date(moment).getTime())) / 1000;
}

/** Every order, not only the best of its side, and each fill as a triangle that points where the position went. */
function paintOrders(canvas: Canvas, { spans, marks }: Shown): void {
  const { context, x, y, colour, ratio } = canvas;
  context.globalAlpha = 0.4;
  context.lineWidth = 1.5 * ratio;
  for (const { side, price, from, to } of spans) {
    context.strokeStyle = colour(side === 'BUY' ? 'good' : 'bad');
    context.beginPath();
    context.moveTo(x(from), y(price));
    context.lineTo(x(to), y(price));
    context.stroke();
  }
  context.globalAlpha = 1;
  for (const mark of marks) paintTrade(canvas, mark, 7);
}

import 'uplot/dist/uPlot.min.css';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { usePreferences } from '../../preferences/preferences';
import { useText } from '../../text/text';
import { useDarkMode } from '../../theme/dark-mode';
import type { QuoteChart } from './quotes';

const HEIGHT = 320;

export default function QuoteLines({ chart }: { chart: QuoteChart }) {
  const { instance: says } = useText();
  const { preferences } = usePreferences();
  const { ref: measured, width } = useElementSize();
  const box = useRef<HTMLDivElement | null>(null);
  const ref = useMergedRef(measured, box);
  const dark = useDarkMode();
  const plot = useRef<uPlot | null>(null);
  const data = [chart.times, chart.buys, chart.sells, chart.reference, chart.buyFills, chart.sellFills] as uPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const host = box.current;
    if (host === null || width === 0) return;
    const colour = (name: string) => getComputedStyle(host).getPropertyValue(name).trim();
    const axis: uPlot.Axis = { stroke: colour('--calm'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
    const made = new uPlot(
      {
        width,
        height: HEIGHT,
        ...(preferences.times === 'local' ? {} : { tzDate: (time) => uPlot.tzDate(new Date(time * 1000), 'Etc/UTC') }),
        axes: [axis, { ...axis, size: 80 }],
        series: [
          {},
          { label: says.buys, stroke: colour('--good'), width: 2, paths: uPlot.paths.stepped?.({ align: 1 }) },
          { label: says.sells, stroke: colour('--bad'), width: 2, paths: uPlot.paths.stepped?.({ align: 1 }) },
          { label: says.reference, stroke: colour('--calm'), dash: [4, 4], spanGaps: true },
          points(says.buyFills, colour('--good')),
          points(says.sellFills, colour('--bad')),
        ] as uPlot.Series[],
      },
      latest.current,
      host,
    );
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [width, dark, says, preferences.times]);

  useEffect(() => plot.current?.setData(latest.current), [chart]);

  return <div ref={ref} className="chart" style={{ minHeight: HEIGHT + 40 }} />;
}

function points(label: string, colour: string): uPlot.Series {
  return { label, stroke: colour, paths: () => null, points: { show: true, size: 11, fill: colour } };
}

/** A chart of lines over time in the colours of the theme. It only draws: what it shows was decided elsewhere. */
import 'uplot/dist/uPlot.min.css';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { usePreferences } from '../preferences/preferences';
import { useLocale } from '../text/frame-text';
import { useText } from '../text/text';
import { useDarkMode } from '../theme/dark-mode';
import { heldToTheGap } from './held-to-the-gap';
import { numberLabels, timeLabel, timeLabels, type Zone } from './labels';

export type Tone = 'good' | 'bad' | 'warn' | 'calm' | 'accent';

export interface Line {
  label: string;
  tone: Tone;
  /** `painted`: `paint` draws it; here it only has its place in the scale and the legend. */
  kind: 'step' | 'dashed' | 'painted';
}

export type Column = readonly (number | null)[];

/** Where a moment and a value lie on the canvas. */
export interface Canvas {
  context: CanvasRenderingContext2D;
  x: (second: number) => number;
  y: (value: number) => number;
  colour: (tone: Tone) => string;
  ratio: number;
}

interface PlotProps {
  /** Seconds, ascending, each once. */
  times: readonly number[];
  columns: readonly Column[];
  lines: readonly Line[];
  height: number;
  /** Counts: whole numbers, from zero. */
  counts?: boolean;
  /** Where the chart ends, when not with the last moment. */
  until?: number;
  /** Values that are painted, and so must be in view, too. */
  extent?: readonly [number, number] | undefined;
  /** Charts of one name share their cursor. */
  sync?: string;
  /** The band between two lines, by their index. */
  band?: readonly [number, number];
  paint?: (canvas: Canvas) => void;
}

/** Room for half a date: the last label of a short time stands below the right edge. */
const RIGHT_OF_LAST = 38;
const AXIS_WIDTH = { prices: 76, counts: 44 };
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];

export default function Plot(props: PlotProps) {
  const { times, columns, lines, height } = props;
  const { preferences } = usePreferences();
  const text = useText();
  const locale = useLocale();
  const dark = useDarkMode();
  const { ref: measured, width } = useElementSize();
  const box = useRef<HTMLDivElement | null>(null);
  const ref = useMergedRef(measured, box);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const zone: Zone = preferences.times === 'local' ? 'local' : 'utc';
  const shape = JSON.stringify([lines, height, props.counts, props.sync, props.band]);

  useEffect(() => {
    const host = box.current;
    if (host === null || width === 0) return;
    const made = new uPlot(options(host, latest, { width, zone, locale, time: text.chart.time }), dataOf(latest.current), host);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [width, dark, zone, locale, text, shape]);

  useEffect(() => plot.current?.setData(dataOf(latest.current)), [times, columns]);

  return <div ref={ref} className="chart" style={{ minHeight: height + 36 }} />;
}

const dataOf = ({ times, columns, lines }: PlotProps) => {
  const held = heldToTheGap(times, columns, lines.map(({ kind }) => kind === 'step'));
  return [held.times, ...held.columns] as unknown as uPlot.AlignedData;
};

interface Frame {
  width: number;
  zone: Zone;
  locale: string;
  time: string;
}

function options(host: HTMLElement, latest: { current: PlotProps }, frame: Frame): uPlot.Options {
  const { lines, height, counts, sync, band } = latest.current;
  const { zone, locale } = frame;
  const style = getComputedStyle(host);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  const colour = (tone: Tone) => variable(tone === 'accent' ? '--mantine-color-anchor' : `--${tone}`);
  const axis: uPlot.Axis = {
    stroke: colour('calm'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: variable('--line'), width: 1 },
    ticks: { stroke: variable('--line'), width: 1 },
  };
  return {
    width: frame.width,
    height,
    padding: [null, RIGHT_OF_LAST, null, null],
    ...(zone === 'local' ? {} : { tzDate: (second) => uPlot.tzDate(new Date(second * 1000), 'Etc/UTC') }),
    cursor: { drag: { x: false, y: false }, ...(sync === undefined ? {} : { sync: { key: sync } }) },
    scales: {
      x: { range: (_, first, last) => [first, Math.max(last, latest.current.until ?? last, first + 1)] },
      y: { range: (_, low, high) => (counts ? upFromZero(high) : around(low, high, latest.current.extent)) },
    },
    axes: [
      { ...axis, space: 70, values: (_, splits, __, ___, distance) => timeLabels(splits, distance, zone, locale) },
      { ...axis, size: counts ? AXIS_WIDTH.counts : AXIS_WIDTH.prices, ...(counts ? { incrs: WHOLE } : {}), values: (_, splits, __, ___, distance) => numberLabels(splits, distance) },
    ],
    series: [
      { label: frame.time, value: (plot, second, _, index) => timeSaid(index === null ? plot.data[0].at(-1) : second, zone, locale) },
      ...lines.map((line) => seriesOf(line, colour(line.tone))),
    ],
    bands: band === undefined ? [] : [{ series: [band[0] + 1, band[1] + 1], fill: `${variable('--mantine-color-anchor')}14` }],
    hooks: { draw: [(plot) => paintOn(plot, latest.current.paint, colour)] },
  };
}

function upFromZero(high: number): uPlot.Range.MinMax {
  return [0, Math.max(1, high * 1.1)];
}

function around(low: number, high: number, extent: PlotProps['extent']): uPlot.Range.MinMax {
  const [least, most] = extent ?? [low, high];
  return uPlot.rangeNum(Math.min(low, least), Math.max(high, most), 0.1, false);
}

function timeSaid(second: number | undefined | null, zone: Zone, locale: string): string {
  return second === undefined || second === null ? '–' : timeLabel(second, zone, locale);
}

/** Without a cursor the legend says how things stand at the end, not nothing. */
function seriesOf({ label, kind }: Line, stroke: string): uPlot.Series {
  const value: uPlot.Series.Value = (plot, number, series, index) => {
    const column = plot.data[series] as Column;
    const said = index === null ? (kind === 'dashed' ? column.findLast((one) => one !== null) : column.at(-1)) : number;
    return said === undefined || said === null ? '–' : String(said);
  };
  const common: uPlot.Series = { label, stroke, width: 2, value, points: { show: false } };
  switch (kind) {
    case 'dashed':
      return { ...common, width: 1, dash: [4, 4], spanGaps: true };
    case 'painted':
      return { ...common, paths: () => null };
    case 'step':
      return { ...common, paths: stepped() };
  }
}

function stepped(): uPlot.Series.PathBuilder {
  const build = uPlot.paths.stepped?.({ align: 1 });
  if (build === undefined) throw new Error('uPlot was built without stepped lines');
  return build;
}

function paintOn(plot: uPlot, paint: PlotProps['paint'], colour: (tone: Tone) => string): void {
  if (paint === undefined) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  paint({
    context: ctx,
    x: (second) => plot.valToPos(second, 'x', true),
    y: (value) => plot.valToPos(value, 'y', true),
    colour,
    ratio: uPlot.pxRatio,
  });
  ctx.restore();
}

/** The last day in three charts: how many ran, what was started and stopped, and whether the tables keep up. */
import { Alert } from '@mantine/core';
import { useMemo } from 'react';
import { Chart } from '../../chart/Chart';
import type { Canvas, Line, Tone } from '../../chart/Plot';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { useNow } from '../../time/now';
import { beginning, perHour, statesChart, statesOverTime, type Counts, type HourOf } from './activity';
import type { LagAt } from './overview';
import { useActivity, type Activity } from './use-activity';

interface ActivityChartsProps {
  counts: { running: number; stopped: number; faulted: number };
  lags: readonly LagAt[];
}

const HEIGHT = 190;
const MINUTE = 60;

export default function ActivityCharts({ counts, lags }: ActivityChartsProps) {
  const { activity: says } = useText();
  const { activity, failed } = useActivity();
  const { running, stopped, faulted } = counts;
  const now = useMemo(() => ({ RUNNING: running, STOPPED: stopped, FAULTED: faulted }), [running, stopped, faulted]);
  return (
    <div className="cards charts">
      {failed ? (
        <Alert color="red" variant="outline">
          {says.failed}
        </Alert>
      ) : null}
      {activity === undefined ? null : (
        <>
          <States activity={activity} counts={now} />
          <Hours activity={activity} />
        </>
      )}
      {lags.length === 0 ? null : <Lags lags={lags} />}
    </div>
  );
}

/** Charts of a day need not be drawn anew every second. */
function useMinute(): number {
  return Math.ceil(useNow().getTime() / 1000 / MINUTE) * MINUTE;
}

function About({ activity }: { activity: Activity }) {
  const { activity: says } = useText();
  if (activity.complete) return says.lastDay;
  return (
    <>
      {says.since} <Moment at={at(activity.since)} />
    </>
  );
}

const at = (second: number) => new Date(second * 1000).toISOString();

function States({ activity, counts }: { activity: Activity; counts: Counts }) {
  const { activity: says, state } = useText();
  const until = useMinute();
  const chart = useMemo(
    () => {
      const points = statesOverTime(activity.events, counts, activity.told);
      return statesChart(points, beginning(points, activity.since), until);
    },
    [activity.events, activity.since, activity.told, counts, until],
  );
  const columns = useMemo(() => [chart.RUNNING, chart.STOPPED, chart.FAULTED], [chart]);
  return (
    <Chart
      title={says.states}
      name={says.states}
      about={<About activity={activity} />}
      times={chart.times}
      columns={columns}
      lines={[
        { label: state.RUNNING, tone: 'good', kind: 'step' },
        { label: state.STOPPED, tone: 'calm', kind: 'step' },
        { label: state.FAULTED, tone: 'bad', kind: 'step' },
      ]}
      height={HEIGHT}
      counts
      table={{
        heads: [says.from, state.RUNNING, state.STOPPED, state.FAULTED],
        rows: chart.times.map((time, index) => [<Moment key="at" at={at(time)} />, chart.RUNNING[index], chart.STOPPED[index], chart.FAULTED[index]]),
      }}
    />
  );
}

const HOUR = 3_600;
/** Fewer would be bars as wide as the chart. */
const FEWEST_HOURS = 6;
const BARS: readonly { what: 'starts' | 'stops' | 'faults'; tone: Tone }[] = [
  { what: 'starts', tone: 'good' },
  { what: 'stops', tone: 'calm' },
  { what: 'faults', tone: 'bad' },
];

function Hours({ activity }: { activity: Activity }) {
  const { activity: says } = useText();
  const until = useMinute();
  const first = activity.complete ? Math.max(activity.since, Math.min(activity.events[0]?.at ?? until, until - FEWEST_HOURS * HOUR)) : activity.since;
  const hours = useMemo(() => perHour(activity.events, first, until), [activity.events, first, until]);
  const times = useMemo(() => hours.map(({ from }) => from), [hours]);
  const columns = useMemo(() => BARS.map(({ what }) => hours.map((hour) => hour[what])), [hours]);
  const lines = BARS.map(({ what, tone }): Line => ({ label: says[what], tone, kind: 'painted' }));
  return (
    <Chart
      title={says.perHour}
      name={says.perHour}
      about={<About activity={activity} />}
      times={times}
      columns={columns}
      lines={lines}
      height={HEIGHT}
      counts
      until={(hours.at(-1)?.from ?? 0) + HOUR}
      paint={(canvas) => paintHours(canvas, hours)}
      table={{
        heads: [says.hourFrom, says.starts, says.stops, says.faults],
        rows: hours.map(({ from, starts, stops, faults }) => [<Moment key="at" at={at(from)} />, starts, stops, faults]),
      }}
    />
  );
}

/** Three bars side by side for each hour. */
function paintHours({ context, x, y, colour }: Canvas, hours: readonly HourOf[]): void {
  for (const hour of hours) {
    const width = (x(hour.from + HOUR) - x(hour.from)) / (BARS.length + 1);
    BARS.forEach(({ what, tone }, place) => {
      const top = y(hour[what]);
      context.fillStyle = colour(tone);
      context.fillRect(x(hour.from) + (place + 0.5) * width, top, width * 0.9, y(0) - top);
    });
  }
}

const LAG_TONES: readonly Tone[] = ['accent', 'good', 'warn', 'calm', 'bad'];

function Lags({ lags }: { lags: readonly LagAt[] }) {
  const { activity: says } = useText();
  const names = lags.at(-1)?.lag.map(({ name }) => name) ?? [];
  const now = useNow().getTime() / 1000;
  // Nothing is told while nothing moves: until now it is as it was told last
  const known = useMemo(() => lags.flatMap((one, index) => (index < lags.length - 1 ? [one] : [one, { ...one, at: Math.max(now, one.at + 1) }])), [lags, now]);
  const times = useMemo(() => known.map(({ at: second }) => second), [known]);
  const columns = useMemo(
    () => names.map((name) => known.map(({ lag }) => lag.find((one) => one.name === name)?.lag ?? null)),
    [known, names.join()],
  );
  return (
    <Chart
      title={says.lag}
      name={says.lag}
      about={says.lagAbout}
      times={times}
      columns={columns}
      lines={names.map((name, place): Line => ({ label: name, tone: LAG_TONES[place % LAG_TONES.length] ?? 'calm', kind: 'step' }))}
      height={HEIGHT}
      counts
      table={{
        heads: [says.from, ...names],
        // The latest are what somebody asks for
        rows: lags.slice(-60).reverse().map(({ at: second, lag }) => [<Moment key="at" at={at(second)} />, ...names.map((name) => lag.find((one) => one.name === name)?.lag ?? '–')]),
      }}
    />
  );
}

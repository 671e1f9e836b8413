/** Starts, stops and failures from the log, and from them how many instances ran at each moment: pure. */

export type Lifecycle =
  | 'InstanceStarted'
  | 'InstanceRestarted'
  | 'InstanceStopped'
  | 'InstanceFaulted'
  | 'LegacyInstanceImported';

export type State = 'RUNNING' | 'STOPPED' | 'FAULTED';
export type Counts = Record<State, number>;

export interface LifecycleEvent {
  type: string;
  streamId: string;
  position: string;
  /** Seconds. */
  at: number;
}

export interface StatesAt extends Counts {
  at: number;
}

export interface HourOf {
  /** Its beginning, in seconds. */
  from: number;
  starts: number;
  stops: number;
  faults: number;
}

export const LIFECYCLE_TYPES: readonly Lifecycle[] = [
  'InstanceStarted', 'InstanceRestarted', 'InstanceStopped', 'InstanceFaulted', 'LegacyInstanceImported',
];

/** What somebody must look up: an instance's state just before one of its events, or just after an import. */
export interface Unknown {
  streamId: string;
  position: string;
  /** The event in question. */
  at: number;
}

/** Null: there was no such instance. */
type Before = State | null;

/** The states that the events themselves do not tell. */
export function unknownStates(events: readonly LifecycleEvent[]): Unknown[] {
  const met = new Set<string>();
  return events.flatMap(({ type, streamId, position, at }) => {
    const first = !met.has(streamId);
    met.add(streamId);
    if (type === 'InstanceRestarted' && first) return [{ streamId, position: justBefore(position), at }];
    return type === 'LegacyInstanceImported' ? [{ streamId, position, at }] : [];
  });
}

/**
 * How many were in which state after each event, counted back from how many are now. `events` in commit order;
 * `told` answers for what `unknownStates` asked.
 */
export function statesOverTime(events: readonly LifecycleEvent[], now: Counts, told: (unknown: Unknown) => State | undefined): StatesAt[] {
  const state = new Map<string, Before>();
  const changes = events.map((event) => {
    const before = state.has(event.streamId) ? (state.get(event.streamId) ?? null) : stateBefore(event, told);
    const after = stateAfter(event, told);
    state.set(event.streamId, after);
    return { at: event.at, before, after };
  });
  const counts: Counts = { ...now };
  const points: StatesAt[] = [];
  for (const { at, before, after } of changes.reverse()) {
    points.push({ at, ...counts });
    if (after !== null) counts[after] -= 1;
    if (before !== null) counts[before] += 1;
  }
  points.push({ at: Number.NEGATIVE_INFINITY, ...counts });
  return points.reverse();
}

const justBefore = (position: string) => String(BigInt(position) - 1n);

function stateBefore({ type, streamId, position, at }: LifecycleEvent, told: (unknown: Unknown) => State | undefined): Before {
  switch (type) {
    case 'InstanceRestarted':
      return told({ streamId, position: justBefore(position), at }) ?? 'STOPPED';
    case 'InstanceStopped':
    case 'InstanceFaulted':
      return 'RUNNING';
    default:
      return null;
  }
}

function stateAfter({ type, streamId, position, at }: LifecycleEvent, told: (unknown: Unknown) => State | undefined): State {
  switch (type) {
    case 'InstanceStopped':
      return 'STOPPED';
    case 'InstanceFaulted':
      return 'FAULTED';
    case 'LegacyInstanceImported':
      return told({ streamId, position, at }) ?? 'STOPPED';
    default:
      return 'RUNNING';
  }
}

const HOUR = 3_600;

/** Every hour from one moment to another, those without events too. */
export function perHour(events: readonly LifecycleEvent[], from: number, until: number): HourOf[] {
  const first = Math.floor(from / HOUR) * HOUR;
  const hours: HourOf[] = [];
  for (let hour = first; hour <= until; hour += HOUR) hours.push({ from: hour, starts: 0, stops: 0, faults: 0 });
  for (const { at, type } of events) {
    const hour = hours[Math.floor((at - first) / HOUR)];
    if (hour === undefined) continue;
    if (type === 'InstanceStarted' || type === 'InstanceRestarted') hour.starts += 1;
    if (type === 'InstanceStopped') hour.stops += 1;
    if (type === 'InstanceFaulted') hour.faults += 1;
  }
  return hours;
}

/** Where there is something to see: not before the first instance there ever was. */
export function beginning([first, second]: readonly StatesAt[], since: number): number {
  const nobody = first !== undefined && first.RUNNING + first.STOPPED + first.FAULTED === 0;
  return nobody && second !== undefined ? Math.max(since, second.at - BEFORE_THE_FIRST) : since;
}

const BEFORE_THE_FIRST = 60;

export interface StatesChart extends Record<State, number[]> {
  times: number[];
}

/** From one moment to another; of several changes at once the last counts. */
export function statesChart(points: readonly StatesAt[], from: number, until: number): StatesChart {
  const byTime = new Map<number, Counts>();
  for (const point of points) if (point.at <= until) byTime.set(Math.max(point.at, from), point);
  const last = points.at(-1);
  if (last !== undefined) byTime.set(until, last);
  const times = [...byTime.keys()].sort((a, b) => a - b);
  const column = (state: State) => times.map((time) => byTime.get(time)?.[state] ?? 0);
  return { times, RUNNING: column('RUNNING'), STOPPED: column('STOPPED'), FAULTED: column('FAULTED') };
}

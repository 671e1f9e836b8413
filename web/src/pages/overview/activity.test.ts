import { describe, expect, it } from 'vitest';
import { beginning, perHour, statesChart, statesOverTime, unknownStates, type LifecycleEvent } from './activity';

const event = (at: number, streamId: string, type: string): LifecycleEvent => ({ at, streamId, type, position: String(at) });
const nothingTold = () => undefined;

describe('states over time', () => {
  it('end with what is now and go back to what was before the first event', () => {
    const events = [event(1, 'a', 'InstanceStarted'), event(2, 'b', 'InstanceStarted'), event(3, 'a', 'InstanceFaulted'), event(4, 'b', 'InstanceStopped')];
    const points = statesOverTime(events, { RUNNING: 5, STOPPED: 3, FAULTED: 1 }, nothingTold);
    expect(points.map(({ RUNNING, STOPPED, FAULTED }) => [RUNNING, STOPPED, FAULTED])).toEqual([
      [5, 2, 0],
      [6, 2, 0],
      [7, 2, 0],
      [6, 2, 1],
      [5, 3, 1],
    ]);
  });

  it('know from earlier events what a restart put an end to', () => {
    const events = [event(1, 'a', 'InstanceFaulted'), event(2, 'a', 'InstanceRestarted'), event(3, 'a', 'InstanceRestarted')];
    const points = statesOverTime(events, { RUNNING: 1, STOPPED: 0, FAULTED: 0 }, nothingTold);
    expect(points.map(({ RUNNING, FAULTED }) => [RUNNING, FAULTED])).toEqual([[1, 0], [0, 1], [1, 0], [1, 0]]);
    expect(unknownStates(events)).toEqual([]);
  });

  it('ask what a first restart put an end to, and as what an instance was imported', () => {
    const events = [event(7, 'a', 'InstanceRestarted'), event(8, 'b', 'LegacyInstanceImported')];
    expect(unknownStates(events)).toEqual([{ streamId: 'a', position: '6', at: 7 }, { streamId: 'b', position: '8', at: 8 }]);
    const told = ({ streamId }: { streamId: string }) => (streamId === 'a' ? ('RUNNING' as const) : ('FAULTED' as const));
    const points = statesOverTime(events, { RUNNING: 1, STOPPED: 0, FAULTED: 1 }, told);
    expect(points.map(({ RUNNING, FAULTED }) => [RUNNING, FAULTED])).toEqual([[1, 0], [1, 0], [1, 1]]);
  });
});

it('counts by the hour, empty hours too', () => {
  const events = [event(3_700, 'a', 'InstanceStarted'), event(3_800, 'a', 'InstanceFaulted'), event(11_000, 'a', 'InstanceRestarted'), event(11_001, 'a', 'InstanceStopped')];
  expect(perHour(events, 3_650, 11_002)).toEqual([
    { from: 3_600, starts: 1, stops: 0, faults: 1 },
    { from: 7_200, starts: 0, stops: 0, faults: 0 },
    { from: 10_800, starts: 1, stops: 1, faults: 0 },
  ]);
});

it('draws the states between two moments, the last of several at once', () => {
  const at = (moment: number, running: number) => ({ at: moment, RUNNING: running, STOPPED: 0, FAULTED: 0 });
  const chart = statesChart([at(Number.NEGATIVE_INFINITY, 1), at(5, 2), at(7, 3), at(7, 4)], 4, 10);
  expect([chart.times, chart.RUNNING]).toEqual([[4, 5, 7, 10], [1, 2, 4, 4]]);
});

it('begins just before the first instance there ever was', () => {
  const at = (moment: number, running: number) => ({ at: moment, RUNNING: running, STOPPED: 0, FAULTED: 0 });
  expect(beginning([at(Number.NEGATIVE_INFINITY, 0), at(500, 1)], 100)).toBe(440);
  expect(beginning([at(Number.NEGATIVE_INFINITY, 2), at(500, 3)], 100)).toBe(100);
  expect(beginning([at(Number.NEGATIVE_INFINITY, 0)], 100)).toBe(100);
});

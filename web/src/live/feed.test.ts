import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionStatus } from './connection';
import { Feed, type Sink } from './feed';
import { comparePositions, groupedPosition, laterOf, reached } from './position';

interface Opening {
  after: string | undefined;
  sink: Sink<string>;
  ended: boolean;
}

function harness(after?: string) {
  const openings: Opening[] = [];
  const values: string[] = [];
  const status = new ConnectionStatus();
  const feed = new Feed<string>(
    {
      open: (position, sink) => {
        const opening: Opening = { after: position, sink, ended: false };
        openings.push(opening);
        return () => {
          opening.ended = true;
        };
      },
      positionOf: (value) => value,
      onValue: (value) => values.push(value),
      isFinal: (reason) => reason === 'forbidden',
      status,
      clock: () => 1_000,
      random: () => 1,
    },
    after,
  );
  feed.start();
  const latest = () => openings.at(-1) as Opening;
  return { feed, openings, values, status, latest };
}

beforeEach(() => {
  vi.useFakeTimers();
});

describe('a feed', () => {
  it('goes on after the last event it saw when the connection is lost', () => {
    const { openings, values, latest, status } = harness('5');
    latest().sink.next('6');
    latest().sink.next('10');
    latest().sink.error(new Error('gone'));
    expect(status.current().state).toEqual({ kind: 'reconnecting', at: 1_500 });
    vi.advanceTimersByTime(500);
    expect(openings.map(({ after }) => after)).toEqual(['5', '10']);
    latest().sink.next('10');
    latest().sink.next('11');
    expect(values).toEqual(['6', '10', '11']);
    expect(status.current()).toEqual({ state: { kind: 'live' }, lastEventAt: 1_000 });
  });

  it('waits longer after each failure, up to a limit, and hurries when asked', () => {
    const { feed, openings, latest, status } = harness();
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      latest().sink.error(undefined);
      expect(status.current().state).toEqual({ kind: 'reconnecting', at: 1_000 + wait });
      vi.advanceTimersByTime(wait);
    }
    latest().sink.complete();
    const count = openings.length;
    feed.hurry();
    expect(openings).toHaveLength(count + 1);
  });

  it('hears nothing from a connection it gave up', () => {
    const { openings, values, latest } = harness();
    latest().sink.error(undefined);
    openings[0]?.sink.next('1');
    openings[0]?.sink.error(undefined);
    expect(values).toEqual([]);
    expect(openings[0]?.ended).toBe(true);
  });

  it('stops, keeps its place and goes on', () => {
    const { feed, openings, latest } = harness();
    latest().sink.next('7');
    feed.stop();
    latest().sink.error(undefined);
    vi.advanceTimersByTime(60_000);
    expect(openings).toHaveLength(1);
    feed.start();
    expect(latest().after).toBe('7');
  });

  it('does not ask again where it is refused', () => {
    const { openings, latest, status } = harness();
    latest().sink.error('forbidden');
    vi.advanceTimersByTime(60_000);
    expect(openings).toHaveLength(1);
    expect(status.current().state).toEqual({ kind: 'refused' });
  });
});

describe('the connection', () => {
  it('is as good as its worst feed', () => {
    const status = new ConnectionStatus();
    const [one, two] = [{}, {}];
    status.report(one, { kind: 'live' });
    status.report(two, { kind: 'reconnecting', at: 9 });
    expect(status.current().state.kind).toBe('reconnecting');
    status.forget(two);
    expect(status.current().state.kind).toBe('live');
    status.setPaused(true);
    expect(status.current().state.kind).toBe('paused');
  });
});

describe('positions', () => {
  it('are compared beyond what a number holds', () => {
    expect(comparePositions('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
    expect(comparePositions('9', '10')).toBeLessThan(0);
    expect(laterOf('9', '10')).toBe('10');
    expect(laterOf(undefined, '3')).toBe('3');
    expect(reached('10', '9')).toBe(true);
    expect(reached(undefined, '0')).toBe(false);
  });

  it('are grouped for people', () => {
    expect(groupedPosition('1234567')).toBe('1\u202f234\u202f567');
    expect(groupedPosition('12')).toBe('12');
  });
});

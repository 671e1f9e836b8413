/**
 * One subscription that survives: after a lost connection, a pause or a server that told it to go it asks for what
 * came after the last event it has seen, so nothing is missed and nothing comes twice.
 */
import type { ConnectionStatus } from './connection';
import { comparePositions, type Position } from './position';

export interface Sink<T> {
  next: (value: T) => void;
  error: (reason: unknown) => void;
  complete: () => void;
}

export interface FeedOptions<T> {
  /** Starts the subscription after a position; `undefined` is from now on. Answers how to end it. */
  open: (after: Position | undefined, sink: Sink<T>) => () => void;
  /** Where a value stands in the log; nothing for feeds without positions. */
  positionOf: (value: T) => Position | undefined;
  onValue: (value: T) => void;
  status: ConnectionStatus;
  /** Refused for good: trying again will not help. */
  isFinal: (reason: unknown) => boolean;
  clock?: () => number;
  random?: () => number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export class Feed<T> {
  private position: Position | undefined;
  private end: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private stopped = true;

  constructor(
    private readonly options: FeedOptions<T>,
    after?: Position,
  ) {
    this.position = after;
  }

  start(): void {
    this.stopped = false;
    this.connect();
  }

  /** Keeps the position: `start` goes on from there. */
  stop(): void {
    this.stopped = true;
    this.disconnect();
    this.options.status.forget(this);
  }

  /** The network is back, or somebody looks at the page again: no reason to wait. */
  hurry(): void {
    if (this.stopped || this.timer === undefined) return;
    this.disconnect();
    this.connect();
  }

  private connect(): void {
    const { open, status } = this.options;
    if (this.failures === 0) status.report(this, { kind: 'connecting' });
    let over = false;
    const ended = (reason?: unknown) => {
      if (over) return;
      over = true;
      this.lost(reason);
    };
    this.end = open(this.position, {
      next: (value) => {
        if (!over) this.arrived(value);
      },
      error: ended,
      complete: () => ended(),
    });
  }

  /** The socket is open and the subscription on its way. */
  opened(): void {
    if (this.stopped) return;
    this.failures = 0;
    this.options.status.report(this, { kind: 'live' });
  }

  private arrived(value: T): void {
    const { positionOf, onValue, status } = this.options;
    const position = positionOf(value);
    const seen = position !== undefined && this.position !== undefined && comparePositions(position, this.position) <= 0;
    this.opened();
    status.eventArrived(this.now());
    if (seen) return;
    this.position = position ?? this.position;
    onValue(value);
  }

  private lost(reason: unknown): void {
    if (this.stopped) return;
    this.disconnect();
    if (this.options.isFinal(reason)) {
      this.options.status.report(this, { kind: 'refused' });
      return;
    }
    this.failures += 1;
    const wait = this.wait();
    this.options.status.report(this, { kind: 'reconnecting', at: this.now() + wait });
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.connect();
    }, wait);
  }

  /** Longer after each failure, and never the same for all pages of a server that came back. */
  private wait(): number {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
    return longest * (0.5 + (this.options.random ?? Math.random)() / 2);
  }

  private disconnect(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.end?.();
    this.end = undefined;
  }

  private now(): number {
    return (this.options.clock ?? Date.now)();
  }
}

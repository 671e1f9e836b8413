/** The state of all live updates, as the header tells it: never better than it is. */
export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; at: number }
  | { kind: 'paused' }
  | { kind: 'refused' };

export interface Connection {
  state: ConnectionState;
  /** When the last event of any kind came in. */
  lastEventAt: number | undefined;
}

type Listener = () => void;

/** Feeds report here; the header and the stale notices listen. */
export class ConnectionStatus {
  private readonly feeds = new Map<object, ConnectionState>();
  private readonly listeners = new Set<Listener>();
  private snapshot: Connection = { state: { kind: 'connecting' }, lastEventAt: undefined };
  private isPaused = false;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Connection => this.snapshot;

  get paused(): boolean {
    return this.isPaused;
  }

  setPaused(paused: boolean): void {
    this.isPaused = paused;
    this.tell();
  }

  report(feed: object, state: ConnectionState): void {
    this.feeds.set(feed, state);
    this.tell();
  }

  forget(feed: object): void {
    this.feeds.delete(feed);
    this.tell();
  }

  eventArrived(at: number): void {
    this.tell(at);
  }

  /** One feed that waits is enough to say so. */
  private worst(): ConnectionState {
    if (this.isPaused) return { kind: 'paused' };
    const states = [...this.feeds.values()];
    const waiting = states.filter((state) => state.kind === 'reconnecting');
    if (waiting.length > 0) return { kind: 'reconnecting', at: Math.min(...waiting.map(({ at }) => at)) };
    const first = (kind: ConnectionState['kind']) => states.find((state) => state.kind === kind);
    return first('connecting') ?? first('live') ?? first('refused') ?? { kind: 'connecting' };
  }

  private tell(lastEventAt = this.snapshot.lastEventAt): void {
    this.snapshot = { state: this.worst(), lastEventAt };
    for (const listener of this.listeners) listener();
  }
}

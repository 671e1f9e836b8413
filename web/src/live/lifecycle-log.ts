import type { LifecycleEvent } from './lifecycle';
import { reached, type Position } from './position';

type Listener = (event: LifecycleEvent) => void;

/** What came in since the page was opened; enough to confirm commands by their events. */
const KEPT = 200;

export class LifecycleLog {
  private events: LifecycleEvent[] = [];
  private readonly listeners = new Set<Listener>();

  add(event: LifecycleEvent): void {
    this.events = [...this.events.slice(1 - KEPT), event];
    for (const listener of this.listeners) listener(event);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The event at a position, once the feed has got that far. */
  reach(position: Position): Promise<LifecycleEvent> {
    const known = this.events.find((event) => reached(event.position, position));
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      const stop = this.listen((event) => {
        if (!reached(event.position, position)) return;
        stop();
        resolve(event);
      });
    });
  }
}

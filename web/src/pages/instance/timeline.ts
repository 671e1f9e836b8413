/** What the executor decided and what was asked of it, in one order. */
import { parseJson } from '../../json/json-text';
import { valueAt } from '../../json/pointer';
import { comparePositions, reached, type Position } from '../../live/position';

interface Placed {
  position: Position;
}

interface AskedEvent extends Placed {
  type: string;
  payloadText: string;
}

/** Those of one run: an instance's stream has all of them. */
export function askedOfRun<E extends AskedEvent>(events: readonly E[], run: number): E[] {
  return events.filter(({ type, payloadText }) => String(valueAt(parseJson(payloadText), [type, 'run'])) === String(run));
}

/** Latest first; where older decisions are not loaded yet, what was asked before waits for them. */
export function inOneOrder<D extends Placed, A extends Placed>(decisions: readonly D[], asked: readonly A[], isWhole: boolean): (D | A)[] {
  const oldest = decisions.at(-1)?.position;
  const shown = isWhole || oldest === undefined ? asked : asked.filter(({ position }) => comparePositions(position, oldest) > 0);
  return [...decisions, ...shown].sort((a, b) => comparePositions(b.position, a.position));
}

export interface Held<E> {
  shown: readonly E[];
  /** How many came after what is being read. */
  newer: number;
}

/** As far as somebody has asked to see it: rows that move while they are read would be worse than a button that counts them. */
export function heldAt<E extends Placed>(entries: readonly E[], until: Position | undefined): Held<E> {
  if (until === undefined) return { shown: entries, newer: 0 };
  const shown = entries.filter(({ position }) => reached(until, position));
  // So much has happened that nothing of what was read is left
  if (shown.length === 0) return { shown: entries, newer: 0 };
  return { shown, newer: entries.length - shown.length };
}

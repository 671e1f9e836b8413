/** What the executor decided and what it was told to decide by, in one order. */
import { parseJson } from '../../json/json-text';
import { valueAt } from '../../json/pointer';
import { comparePositions, type Position } from '../../live/position';

interface Placed {
  position: Position;
}

interface ReconfiguredEvent extends Placed {
  payloadText: string;
}

/** Those of one run: an instance's stream has all of them. */
export function changesOfRun<E extends ReconfiguredEvent>(events: readonly E[], run: number): E[] {
  return events.filter(({ payloadText }) => String(valueAt(parseJson(payloadText), ['InstanceReconfigured', 'run'])) === String(run));
}

/** Latest first; where older decisions are not loaded yet, older changes wait for them. */
export function inOneOrder<D extends Placed, C extends Placed>(decisions: readonly D[], changes: readonly C[], isWhole: boolean): (D | C)[] {
  const oldest = decisions.at(-1)?.position;
  const shown = isWhole || oldest === undefined ? changes : changes.filter(({ position }) => comparePositions(position, oldest) > 0);
  return [...decisions, ...shown].sort((a, b) => comparePositions(b.position, a.position));
}

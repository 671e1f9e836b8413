/** Positions outgrow JavaScript's numbers: they stay texts and are compared by length, then by digits. */
export type Position = string;

export function comparePositions(left: Position, right: Position): number {
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function laterOf(left: Position | undefined, right: Position | undefined): Position | undefined {
  if (left === undefined) return right;
  return right !== undefined && comparePositions(right, left) > 0 ? right : left;
}

export function reached(position: Position | undefined, wanted: Position): boolean {
  return position !== undefined && comparePositions(position, wanted) >= 0;
}

/** `1 204`: groups of three, for people. */
export function groupedPosition(position: Position): string {
  return position.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** What there was just before; nothing came before 0. */
export function positionBefore(position: Position): Position {
  return position === '0' ? position : String(BigInt(position) - 1n);
}

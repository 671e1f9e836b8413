/** What differs between two texts, whole lines first: a member that stayed stands beside itself, however much came around it. */
import { Change, diff, presentableDiff } from '@codemirror/merge';

/** Signs for lines begin behind ASCII and end before the halves of characters. */
const FIRST_SIGN = 0x100;
const LAST_SIGN = 0xd7ff;
/** Nobody is kept waiting for the best answer. */
const WITHIN = { scanLimit: 10_000, timeout: 300 };

export function lineDiff(before: string, after: string): readonly Change[] {
  const signs = new Map<string, string>();
  const [a, b] = [signed(before, signs), signed(after, signs)];
  if (FIRST_SIGN + signs.size > LAST_SIGN) return presentableDiff(before, after, WITHIN);
  return diff(a.signs, b.signs, WITHIN).flatMap((lines) => {
    const [fromA = 0, toA = 0] = [a.starts[lines.fromA], a.starts[lines.toA]];
    const [fromB = 0, toB = 0] = [b.starts[lines.fromB], b.starts[lines.toB]];
    if (fromA === toA || fromB === toB) return [new Change(fromA, toA, fromB, toB)];
    const within = presentableDiff(before.slice(fromA, toA), after.slice(fromB, toB), WITHIN);
    return within.map((part) => new Change(fromA + part.fromA, fromA + part.toA, fromB + part.fromB, fromB + part.toB));
  });
}

/** A text with one sign for each line, the same for the same line; and where each line starts, the end included. */
function signed(text: string, signs: Map<string, string>): { signs: string; starts: number[] } {
  const lines = text.split(/(?<=\n)/);
  const starts = [0];
  let said = '';
  for (const line of lines) {
    const sign = signs.get(line) ?? String.fromCharCode(FIRST_SIGN + signs.size);
    signs.set(line, sign);
    said += sign;
    starts.push((starts.at(-1) ?? 0) + line.length);
  }
  return { signs: said, starts };
}

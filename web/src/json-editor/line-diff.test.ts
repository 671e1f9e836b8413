import type { Change } from '@codemirror/merge';
import { expect, it } from 'vitest';
import { lineDiff } from './line-diff';

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

/** The later text, made from the earlier one by what differs. */
function applied(before: string, after: string, changes: readonly Change[]): string {
  let end = 0;
  const parts = changes.map(({ fromA, toA, fromB, toB }) => {
    const kept = before.slice(end, fromA);
    end = toA;
    return kept + after.slice(fromB, toB);
  });
  return parts.join('') + before.slice(end);
}

it('leaves a member beside itself when many come around it', () => {
  const spread = { minimum: 0, type: 'number' };
  const before = json({ askSpread: spread, bidSpread: spread });
  const added = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`added${n}`, { title: `Added ${n}`, type: 'boolean' }]));
  const after = json({ ...added, askSpread: { ...spread, title: 'Ask spread' }, bidSpread: spread });
  const changes = lineDiff(before, after);
  expect(applied(before, after, changes)).toBe(after);
  const gone = changes.map(({ fromA, toA }) => before.slice(fromA, toA)).join('');
  expect(gone.replace(/[\s",]/g, '')).toBe('');
});

it('marks within a line no more than what differs', () => {
  const [before, after] = [json({ a: 1, b: 'MID_PRICE' }), json({ a: 1, b: 'mid_price' })];
  const changes = lineDiff(before, after);
  expect(changes.map(({ fromA, toA }) => before.slice(fromA, toA)).join()).not.toContain('"a"');
  expect(applied(before, after, changes)).toBe(after);
});

it.each([['', ''], ['', '{}'], ['{}', ''], ['{}', '{}'], ['{\n}', '{\n}\n'], ['a\nb\nc', 'c\nb\na']])('makes %j into %j', (before, after) => {
  expect(applied(before, after, lineDiff(before, after))).toBe(after);
});

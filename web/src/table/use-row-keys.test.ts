import { expect, it } from 'vitest';
import { rowAfter } from './use-row-keys';

it.each([
  ['ArrowDown', undefined, 3, 0],
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 2],
  ['ArrowUp', 2, 3, 1],
  ['ArrowUp', 0, 3, 0],
  ['ArrowUp', undefined, 3, undefined],
  ['Home', 2, 3, 0],
  ['End', 0, 3, 2],
  ['a', 1, 3, undefined],
  ['ArrowDown', undefined, 0, undefined],
])('%s from row %s of %d leads to %s', (key, from, count, to) => {
  expect(rowAfter(key, from, count)).toBe(to);
});

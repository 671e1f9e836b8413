import { expect, it } from 'vitest';
import { heldToTheGap } from './held-to-the-gap';

it('holds a value until the gap begins', () => {
  const { times, columns } = heldToTheGap([0, 10, 20, 30], [[5, null, 6, 6]], [true]);
  expect(times).toEqual([0, 9.999, 10, 20, 30]);
  expect(columns).toEqual([[5, 5, null, 6, 6]]);
});

it('leaves lines alone that are not stepped, and does not overtake the moment before', () => {
  const { times, columns } = heldToTheGap([0, 0.001, 1], [[5, null, null], [1, 2, 3]], [true, false]);
  expect(times).toEqual([0, 0.0005, 0.001, 1]);
  expect(columns).toEqual([[5, 5, null, null], [1, null, 2, 3]]);
});

it('adds nothing where nothing breaks off', () => {
  expect(heldToTheGap([0, 1], [[null, 1]], [true])).toEqual({ times: [0, 1], columns: [[null, 1]] });
});

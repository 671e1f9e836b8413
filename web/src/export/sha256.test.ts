import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { Sha256 } from './sha256';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 131 + 7) % 256);
const expected = (whole: Uint8Array) => createHash('sha256').update(whole).digest('hex');

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000])('is that of %i bytes', (length) => {
  expect(new Sha256().update(bytes(length)).hex()).toBe(expected(bytes(length)));
});

it('is the same in whatever pieces they come', () => {
  const digest = new Sha256();
  const whole = bytes(1_000);
  for (const [from, to] of [[0, 1], [1, 64], [64, 130], [130, 130], [130, 1_000]] as const) digest.update(whole.subarray(from, to));
  expect(digest.hex()).toBe(expected(whole));
});

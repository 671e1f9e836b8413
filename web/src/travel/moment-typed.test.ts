import { expect, it } from 'vitest';
import { momentTyped } from './moment-typed';

it('is in the zone in which times are shown', () => {
  expect(momentTyped('2026-11-22T09:05', 'utc')).toBe('2026-11-22T09:05:00.000Z');
  expect(momentTyped('2026-11-22T09:05:07', 'utc')).toBe('2026-11-22T09:05:07.000Z');
  expect(momentTyped('2026-11-22T09:05', 'local')).toBe(new Date(2026, 10, 22, 9, 5).toISOString());
});

it('is nothing while it is not whole', () => {
  expect(['', '2026-11-22', '2026-13-41T09:05'].map((typed) => momentTyped(typed, 'utc'))).toEqual([undefined, undefined, undefined]);
});

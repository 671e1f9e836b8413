import { describe, expect, it } from 'vitest';
import { formatDuration, formatTime } from './format';

const now = new Date('2026-11-22T19:35:01.500Z');

describe('times', () => {
  it('name their zone', () => {
    expect(formatTime(new Date('2026-11-22T09:05:00Z'), 'utc', now, 'en')).toBe('2026-11-22 09:05:00 UTC');
    expect(formatTime(new Date('2026-11-22T09:05:00Z'), 'local', now, 'en')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+$/);
  });

  it.each([
    ['2026-11-22T19:34:56.500Z', '5 sec. ago'],
    ['2026-11-22T19:32:00.000Z', '3 min. ago'],
    ['2026-11-22T16:00:00.000Z', '3 hr. ago'],
    ['2026-11-20T16:00:00.000Z', '2 days ago'],
    ['2026-11-22T19:35:31.500Z', 'in 30 sec.'],
  ])('%s is %s', (moment, said) => {
    expect(formatTime(new Date(moment), 'relative', now, 'en')).toBe(said);
  });

  it('are a dash when there is none', () => {
    expect(formatTime(new Date('never'), 'utc', now, 'en')).toBe('–');
  });
});

it.each([
  [0, '0 s'], [8_900, '8 s'], [720_000, '12 min'], [86_400_000 * 3 + 3_600_000 * 4 + 1_000, '3 d 4 h'], [-5, '0 s'],
])('%d ms last %s', (milliseconds, said) => {
  expect(formatDuration(milliseconds)).toBe(said);
});

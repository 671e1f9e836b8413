import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_TYPES } from './event-types';
import { STREAM_TYPES } from './stream-types';

it('are those that the domain can read', () => {
  const files = readdirSync('../domain/tests/golden').filter((file) => file.endsWith('.json'));
  const named = files.map((file) => (file.split('.')[0] ?? '').replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  expect([...EVENT_TYPES]).toEqual([...new Set(named)].sort());
});

it('of streams that are each named once', () => {
  expect(new Set(STREAM_TYPES).size).toBe(STREAM_TYPES.length);
});

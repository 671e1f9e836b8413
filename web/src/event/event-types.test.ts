import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_TYPES } from './event-types';
import { STREAM_TYPES } from './stream-types';

it('are those that the domain can read', () => {
  const files = readdirSync('../domain/tests/golden').filter((file) => file.endsWith('.json'));
  const named = files.map((file) => (file.split('.')[0] ?? '').replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  expect([...EVENT_TYPES]).toEqual([...new Set(named)].sort());
});

it('of the streams that the domain has', () => {
  const names = readFileSync('../domain/src/event.rs', 'utf8').split('pub mod aggregate_type {')[1]?.split('}')[0] ?? '';
  const named = [...names.matchAll(/pub const \w+: &str = "(\w+)"/g)].map((match) => match[1]);
  expect([...STREAM_TYPES].sort()).toEqual(named.sort());
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inTurns, MOST_AT_ONCE } from './in-turns';

it('asks for each once, never for more than the server takes', () => {
  const keys = Array.from({ length: 450 }, (_, index) => `k${index}`);
  const turns = inTurns(keys);
  expect(turns.map(({ length }) => length)).toEqual([200, 200, 50]);
  expect(turns.flat()).toEqual(keys);
  expect(inTurns([])).toEqual([]);
});

it('knows how many that is', () => {
  const input = /input StopInstancesInput \{[^}]*/.exec(readFileSync('../api/schema.graphql', 'utf8'))?.[0];
  expect(input).toContain(`At most ${MOST_AT_ONCE}.`);
});

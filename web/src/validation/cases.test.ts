/** The cases that the server's validator is held to as well. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/json-text';
import type { JsonValue } from '../json/value';
import { validate } from './validate';

interface Case {
  description: string;
  schema: JsonValue;
  instance: JsonValue;
  /** Pointer and keyword of each. */
  violations: [string, string][];
}

const file = parseJson(readFileSync('../domain/tests/cases/validation.json', 'utf8')) as unknown as { cases: Case[] };

const byText = (a: unknown, b: unknown) => (String(a) < String(b) ? -1 : 1);

describe('the shared validation cases', () => {
  it('are many', () => {
    expect(file.cases.length).toBeGreaterThan(90);
  });

  it.each(file.cases)('$description', ({ schema, instance, violations }) => {
    const found = validate(schema, instance).map(({ pointer, keyword }) => [pointer, keyword]);
    expect(found.sort(byText)).toEqual(violations);
  });
});

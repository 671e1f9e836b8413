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
  valid: boolean;
  pointers: string[];
}

const file = parseJson(readFileSync('cases/validation.json', 'utf8')) as unknown as { cases: Case[] };

describe('the shared validation cases', () => {
  it('are many', () => {
    expect(file.cases.length).toBeGreaterThan(60);
  });

  it.each(file.cases)('$description', ({ schema, instance, valid, pointers }) => {
    const found = validate(schema, instance);
    expect(found.map(({ pointer }) => pointer).sort()).toEqual(pointers);
    expect(found.length === 0).toBe(valid);
  });
});

/**
 * JSON Schema 2020-12 in the browser, for the form and the JSON editor alike. The server decides; this says the
 * same, sooner. `domain/tests/cases/validation.json` holds both to it.
 */
import { format, validate as run, type Schema } from '@cfworker/json-schema';
import { isJsonObject, withDoubles, type JsonValue } from '../json/value';
import { violationsOf } from './engine-errors';
import { exactLimitViolations, isNumericLimit } from './exact-limits';
import type { Violation } from './violation';

// In 2020-12 a format is an annotation and refuses nothing; the engine would assert those it knows
for (const name of Object.keys(format)) delete format[name];

/** Behind these a limit binds only in some cases: there the engine's own comparison counts. */
const CONDITION = /\/(?:anyOf|oneOf|not|if|then|else|contains|dependentSchemas|patternProperties|additionalProperties|unevaluated\w+)(?:\/|$)/;

/** Everything that is wrong; throws where the schema itself cannot be used. */
export function validate(schema: JsonValue, instance: JsonValue): Violation[] {
  const doubles = withDoubles(schema) as Schema | boolean;
  const { errors } = run(withDoubles(instance), doubles, '2020-12', undefined, false);
  const exact = errors.filter((unit) => !isNumericLimit(unit.keyword) || CONDITION.test(unit.keywordLocation));
  const found = violationsOf(schema, exact);
  const seen = new Set(found.map((violation) => `${violation.keyword} ${violation.pointer}`));
  const limits = exactLimitViolations(schema, instance);
  return [...found, ...limits.filter(({ keyword, pointer }) => !seen.has(`${keyword} ${pointer}`))];
}

/** As `validate`, and with the rule that a required member that is null counts as missing. */
export function validateConfig(schema: JsonValue, config: JsonValue): Violation[] {
  const required = isJsonObject(schema) && Array.isArray(schema['required']) ? schema['required'] : [];
  const nulls = required.filter((name) => typeof name === 'string' && isJsonObject(config) && config[name] === null);
  const missing = nulls.map((limit): Violation => ({ pointer: '', keyword: 'required', limit }));
  const fields = new Set(missing.map(({ limit }) => `/${String(limit)}`));
  return [...missing, ...validate(schema, config).filter(({ pointer }) => !fields.has(pointer))];
}

/** The violations, or why the schema cannot be used. */
export function tryValidate(schema: JsonValue, instance: JsonValue): { violations: Violation[]; unusable?: string } {
  try {
    return { violations: validateConfig(schema, instance) };
  } catch (error) {
    return { violations: [], unusable: error instanceof Error ? error.message : String(error) };
  }
}

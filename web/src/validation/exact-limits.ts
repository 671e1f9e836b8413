/**
 * The numeric keywords, compared in exact decimals, wherever the schema applies to a value no matter what:
 * along properties, items, references and allOf. What lies behind a condition stays with the engine.
 */
import { compareDecimals, isMultipleOf } from '../json/decimal';
import { isNumeric } from '../json/exact-number';
import { joinPointer, pathOf, valueAt } from '../json/pointer';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value';
import type { Violation } from './violation';

type Holds = (value: string, limit: string) => boolean;

const order = (accepts: (comparison: number) => boolean): Holds => (value, limit) => {
  const comparison = compareDecimals(value, limit);
  return comparison === undefined || accepts(comparison);
};

const LIMITS: Record<string, Holds> = {
  minimum: order((comparison) => comparison >= 0),
  maximum: order((comparison) => comparison <= 0),
  exclusiveMinimum: order((comparison) => comparison > 0),
  exclusiveMaximum: order((comparison) => comparison < 0),
  multipleOf: isMultipleOf,
};

export function isNumericLimit(keyword: string): boolean {
  return Object.hasOwn(LIMITS, keyword);
}

/** A schema may refer to itself; a configuration nests no deeper than this. */
const MAX_DEPTH = 64;

export function exactLimitViolations(root: JsonValue, instance: JsonValue): Violation[] {
  const found: Violation[] = [];
  const visit = (schema: JsonValue | undefined, value: JsonValue, pointer: string, depth: number) => {
    if (!isJsonObject(schema) || depth > MAX_DEPTH) return;
    if (isNumeric(value)) found.push(...limitsBroken(schema, String(value), pointer));
    for (const same of sameValue(root, schema)) visit(same, value, pointer, depth + 1);
    if (Array.isArray(value)) {
      value.forEach((item, index) => visit(itemSchema(schema, index), item, joinPointer(pointer, index), depth + 1));
    } else if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        visit(memberSchema(schema, name), member, joinPointer(pointer, name), depth + 1);
      }
    }
  };
  visit(root, instance, '', 0);
  return found;
}

function limitsBroken(schema: JsonObject, value: string, pointer: string): Violation[] {
  return Object.entries(LIMITS).flatMap(([keyword, holds]) => {
    const limit = schema[keyword];
    return isNumeric(limit) && !holds(value, String(limit)) ? [{ pointer, keyword, limit }] : [];
  });
}

function sameValue(root: JsonValue, schema: JsonObject): JsonValue[] {
  const reference = schema['$ref'];
  const target =
    typeof reference === 'string' && reference.startsWith('#')
      ? valueAt(root, pathOf(decodeURIComponent(reference.slice(1))))
      : undefined;
  const all = Array.isArray(schema['allOf']) ? schema['allOf'] : [];
  return target === undefined ? all : [target, ...all];
}

function itemSchema(schema: JsonObject, index: number): JsonValue | undefined {
  const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  return index < prefix.length ? prefix[index] : schema['items'];
}

function memberSchema(schema: JsonObject, name: string): JsonValue | undefined {
  const properties = schema['properties'];
  return isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

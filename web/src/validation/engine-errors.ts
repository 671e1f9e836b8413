/**
 * What the engine's output means: of a tree of "this did not hold because that did not hold", the places a
 * person can change. The same places, and the same keywords, that the server names.
 */
import type { OutputUnit } from '@cfworker/json-schema';
import { joinPointer, pathOf } from '../json/pointer';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value';
import type { Violation } from './violation';

/** They only say that something inside them did not hold. */
const WRAPPERS = new Set([
  '$ref', 'allOf', 'if', 'properties', 'patternProperties', 'additionalProperties', 'items', 'prefixItems',
  'dependentSchemas',
]);
/** They are the fault themselves; what did not hold inside them is one alternative among others. */
const OPAQUE = new Set(['anyOf', 'oneOf', 'not', 'contains', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems']);

const locationOf = (unit: OutputUnit) => decodeURI(unit.instanceLocation.replace(/^#/, ''));

export function violationsOf(schema: JsonValue, output: readonly OutputUnit[]): Violation[] {
  const found: Violation[] = [];
  let hiddenBelow: string | undefined;
  let wrapper: OutputUnit | undefined;
  for (const unit of output) {
    // A false schema reports no location of its own: it belongs to whatever was reported last
    if (unit.keyword === 'false') {
      if (hiddenBelow === undefined) found.push(falseSchema(unit, wrapper));
      continue;
    }
    const place = unit.keywordLocation;
    if (isTriedItem(unit) || (hiddenBelow !== undefined && place.startsWith(`${hiddenBelow}/`))) continue;
    hiddenBelow = undefined;
    if (WRAPPERS.has(unit.keyword)) {
      wrapper = unit;
      continue;
    }
    if (OPAQUE.has(unit.keyword)) hiddenBelow = place;
    found.push(leaf(schema, unit));
  }
  return distinct(found);
}

const NAMED = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

/** The engine also reports the items that a `contains` was tried on. */
function isTriedItem(unit: OutputUnit): boolean {
  const path = unit.keywordLocation.split('/');
  return path.some((name, index) => {
    return name === 'contains' && index < path.length - 1 && !NAMED.has(path[index - 1] ?? '');
  });
}

function falseSchema(unit: OutputUnit, wrapper: OutputUnit | undefined): Violation {
  const closed = wrapper?.keyword === 'additionalProperties';
  return { pointer: locationOf(unit), keyword: closed ? 'additionalProperties' : 'falseSchema' };
}

function leaf(schema: JsonValue, unit: OutputUnit): Violation {
  const pointer = locationOf(unit);
  const quoted = /"(.*)"/s.exec(unit.error)?.[1];
  switch (unit.keyword) {
    case 'required':
      return { pointer, keyword: 'required', limit: quoted ?? '' };
    case 'dependentRequired':
      return { pointer, keyword: 'required', limit: /but does not have "(.*)"/s.exec(unit.error)?.[1] ?? '' };
    case 'unevaluatedProperties':
      return { pointer: joinPointer(pointer, nameIn(unit)), keyword: unit.keyword };
    case 'propertyNames':
      return { pointer, keyword: unit.keyword, limit: /^Property name "(.*)" does not/s.exec(unit.error)?.[1] ?? '' };
    case 'minContains':
    case 'maxContains':
      return { pointer, keyword: 'contains' };
    default: {
      const limit = keywordValue(schema, unit.keywordLocation);
      return limit === undefined ? { pointer, keyword: unit.keyword } : { pointer, keyword: unit.keyword, limit };
    }
  }
}

function nameIn(unit: OutputUnit): string {
  return /^Property "(.*)" does not match/s.exec(unit.error)?.[1] ?? '';
}

/** The value of the keyword at an evaluation path, which goes through references. */
function keywordValue(root: JsonValue, location: string): JsonValue | undefined {
  let at: JsonValue | undefined = root;
  for (const name of pathOf(decodeURI(location.replace(/^#/, '')))) {
    if (Array.isArray(at)) at = at[Number(name)];
    else if (isJsonObject(at)) at = name === '$ref' ? referenced(root, at) : at[name];
    else return undefined;
  }
  return at;
}

function referenced(root: JsonValue, schema: JsonObject): JsonValue | undefined {
  const reference = schema['$ref'];
  return typeof reference === 'string' && reference.startsWith('#')
    ? keywordValue(root, reference)
    : undefined;
}

function distinct(violations: Violation[]): Violation[] {
  const seen = new Set<string>();
  return violations.filter((violation) => {
    const key = JSON.stringify([violation.pointer, violation.keyword, violation.limit ?? null]);
    return !seen.has(key) && seen.add(key);
  });
}

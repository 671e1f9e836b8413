import { parse, stringify } from 'lossless-json';
import { ExactNumber, isNumeric, numberFromText } from './exact-number';
import { compareDecimals } from './decimal';

export type JsonValue = null | boolean | string | number | ExactNumber | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/** Throws a `SyntaxError` that says where; refuses a name that appears twice with different values. */
export function parseJson(text: string): JsonValue {
  return parse(text, null, numberFromText) as JsonValue;
}

const EXACT = {
  test: (value: unknown) => value instanceof ExactNumber,
  stringify: (value: unknown) => (value as ExactNumber).text,
};

/** The text of a value, its numbers as they were typed. `indent` of 2 for people. */
export function toJsonText(value: unknown, indent?: number): string {
  return stringify(value, null, indent, [EXACT]) ?? 'null';
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** Equal as JSON Schema means it: `1` is `1.0`, members in any order. */
export function jsonEqual(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (isNumeric(left) && isNumeric(right)) return compareDecimals(String(left), String(right)) === 0;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => jsonEqual(item, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && jsonEqual(left[name], right[name]))
  );
}

/** Members sorted at every level, numbers as typed: the text that digests and diffs are made of. */
export function canonicalText(value: JsonValue, indent?: number): string {
  return toJsonText(sorted(value), indent);
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  // By code point, as the server sorts; `localeCompare` would differ from browser to browser
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] as JsonValue)]));
}

/** Doubles instead of exact numbers, for libraries that know no others. */
export function withDoubles(value: JsonValue): unknown {
  if (value instanceof ExactNumber) return value.valueOf();
  if (Array.isArray(value)) return value.map(withDoubles);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withDoubles(member)]));
}

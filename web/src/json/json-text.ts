/** JSON text to values and back, with every number as it was typed. */
import { parse, stringify } from 'lossless-json';
import { ExactNumber, numberFromText } from './exact-number';
import { isJsonObject, type JsonValue } from './value';

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

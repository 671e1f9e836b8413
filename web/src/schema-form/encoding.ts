/**
 * Form data as rjsf can carry it. It copies whatever looks like an object, so an exact number travels through it as
 * a text that begins with NUL: no configuration may hold that character, so no real text is ever taken for a number.
 */
import { ExactNumber } from '../json/exact-number';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value';

const MARK = '\u0000number:';

export type FormValue = null | boolean | string | number | FormValue[] | { [name: string]: FormValue };

export function toFormValue(value: JsonValue): FormValue {
  if (value instanceof ExactNumber) return MARK + value.text;
  if (Array.isArray(value)) return value.map(toFormValue);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toFormValue(member)]));
}

/** Members without a value, which rjsf leaves behind, are no members. */
export function fromFormValue(value: unknown): JsonValue {
  if (typeof value === 'string' && value.startsWith(MARK)) return new ExactNumber(value.slice(MARK.length));
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : fromFormValue(item)));
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, fromFormValue(member)])) as JsonObject;
}

/**
 * What a person overrides, kept apart from what the defaults say. The merge is shallow, as the server's: an
 * overridden object or list replaces the default one as a whole.
 */
import { jsonEqual, type JsonObject } from '../json/value';

export type Source = 'default' | 'override' | 'unset' | 'current' | 'changed' | 'taken-out';

export function effectiveConfig(defaults: JsonObject, overrides: JsonObject): JsonObject {
  return { ...defaults, ...overrides };
}

export function sourceOf(defaults: JsonObject, overrides: JsonObject, name: string): Source {
  if (Object.hasOwn(overrides, name)) return 'override';
  return Object.hasOwn(defaults, name) ? 'default' : 'unset';
}

/**
 * The overrides after an edit of the effective configuration. What was not touched stays what it was: a default
 * stays a default, and an override that repeats its default stays an override until it is reset.
 */
export function overridesAfterEdit(defaults: JsonObject, overrides: JsonObject, edited: JsonObject): JsonObject {
  const before = effectiveConfig(defaults, overrides);
  const kept = Object.entries(overrides).filter(([name]) => Object.hasOwn(edited, name));
  const next = Object.fromEntries(kept);
  for (const [name, value] of Object.entries(edited)) {
    const touched = !Object.hasOwn(before, name) || !sameText(before[name], value);
    if (touched || Object.hasOwn(overrides, name)) next[name] = value;
  }
  return next;
}

/** `0.1` retyped as `0.10` is an edit: numbers are kept as typed. */
export function sameText(left: JsonObject[string] | undefined, right: JsonObject[string]): boolean {
  return jsonEqual(left, right) && JSON.stringify(left) === JSON.stringify(right);
}

export function reset(overrides: JsonObject, name: string): JsonObject {
  const { [name]: _reset, ...others } = overrides;
  return others;
}

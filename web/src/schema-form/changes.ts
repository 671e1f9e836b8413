/** What a configuration that is in use is given instead: members and their new values, null for a member that goes. */
import { jsonEqual, type JsonObject } from '../json/value';
import { sameText, type Source } from './overrides';

export function changedConfig(current: JsonObject, changes: JsonObject): JsonObject {
  const members = Object.entries({ ...current, ...changes });
  return Object.fromEntries(members.filter(([name, value]) => value !== null || !Object.hasOwn(changes, name)));
}

/** `0.1` retyped as `0.10` is kept as typed, so that `0.105` can be typed; it counts as no change when it stays so. */
export function changesAfterEdit(current: JsonObject, edited: JsonObject): JsonObject {
  const given = Object.entries(edited).filter(([name, value]) => !(Object.hasOwn(current, name) && sameText(current[name], value)));
  const gone = Object.keys(current).filter((name) => !Object.hasOwn(edited, name));
  return Object.fromEntries([...given, ...gone.map((name) => [name, null] as const)]);
}

/** Without what says again what is there, or takes out what is not. */
export function realChanges(current: JsonObject, changes: JsonObject): JsonObject {
  const real = Object.entries(changes).filter(([name, value]) =>
    Object.hasOwn(current, name) ? value === null || !jsonEqual(current[name], value) : value !== null,
  );
  return Object.fromEntries(real);
}

export function changeSourceOf(current: JsonObject, changes: JsonObject, name: string): Source {
  if (!Object.hasOwn(realChanges(current, changes), name)) return Object.hasOwn(current, name) ? 'current' : 'unset';
  return changes[name] === null ? 'taken-out' : 'changed';
}

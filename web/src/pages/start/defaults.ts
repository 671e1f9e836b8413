/** What a start begins with: the defaults that the server applies, and the overrides of an earlier run. */
import { isJsonObject, jsonEqual, type JsonObject, type JsonValue } from '../../json/value';

interface Field {
  name: string;
  value: JsonValue;
  source: 'DEFAULT' | 'OVERRIDE' | 'SYSTEM';
}

export function defaultsIn(fields: readonly Field[]): JsonObject {
  return Object.fromEntries(fields.filter(({ source }) => source === 'DEFAULT').map(({ name, value }) => [name, value]));
}

export function serverMembersIn(fields: readonly Field[]): JsonObject {
  return Object.fromEntries(fields.filter(({ source }) => source === 'SYSTEM').map(({ name, value }) => [name, value]));
}

/** What an earlier run's configuration says differently from today's defaults, without what the server adds. */
export function overridesOf(config: JsonValue, defaults: JsonObject, serverMembers: JsonObject): JsonObject {
  if (!isJsonObject(config)) return {};
  const own = Object.entries(config).filter(([name, value]) => {
    return !Object.hasOwn(serverMembers, name) && !(Object.hasOwn(defaults, name) && jsonEqual(defaults[name], value));
  });
  return Object.fromEntries(own);
}

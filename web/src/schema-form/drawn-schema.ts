/** The schema as rjsf gets it: without what would make it change data or draw members nobody named. */
import { isNumeric } from '../json/exact-number';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value';

const ONE = ['items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];
const LIST = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/**
 * Schema defaults go, because only a definition's default configuration is merged by the server. Additional
 * properties go, because members outside the schema have a JSON box of their own.
 */
export function drawnSchema(schema: JsonValue): JsonValue {
  if (!isJsonObject(schema)) return schema;
  const { default: _default, additionalProperties: _additional, ...kept } = schema;
  const drawn = withChoice(kept);
  for (const keyword of ONE) change(drawn, keyword, drawnSchema);
  for (const keyword of LIST) change(drawn, keyword, (list) => (Array.isArray(list) ? list.map(drawnSchema) : list));
  for (const keyword of NAMED) {
    change(drawn, keyword, (named) => {
      if (!isJsonObject(named)) return named;
      return Object.fromEntries(Object.entries(named).map(([name, member]) => [name, drawnSchema(member)]));
    });
  }
  return drawn;
}

/** One allowed value is a choice of one: nobody should have to write it as JSON. */
function withChoice(schema: JsonObject): JsonObject {
  const only = schema['const'];
  const isPlain = typeof only === 'string' || typeof only === 'boolean' || isNumeric(only);
  return isPlain && schema['enum'] === undefined ? { ...schema, enum: [only] } : schema;
}

function change(schema: JsonObject, keyword: string, by: (value: JsonValue) => JsonValue): void {
  const value = schema[keyword];
  if (value !== undefined) schema[keyword] = by(value);
}

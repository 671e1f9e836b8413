/** Which parts of a schema the form has a control for. Everything else is shown and edited as JSON. */
import { pathOf, valueAt } from '../json/pointer';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value';

const KNOWN_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'];
const MAX_REFERENCES = 16;
/** Deeper than this nobody finds their way in a form, and a schema may refer to itself. */
const MAX_DEPTH = 6;

export type JsonReason = 'schema' | 'value' | 'depth';

/** Why this place needs a JSON box; nothing where a control can show it as it is. */
export function needsJson(root: JsonValue, schema: unknown, value: unknown, depth: number): JsonReason | undefined {
  const resolved = resolve(root, schema as JsonValue);
  if (!isDrawable(resolved)) return 'schema';
  if (depth > MAX_DEPTH) return 'depth';
  return value === undefined || fits(resolved, value) ? undefined : 'value';
}

function isDrawable(schema: JsonObject | undefined): schema is JsonObject {
  if (!schema) return false;
  if (isScalarEnum(schema['enum'])) return true;
  if (hasAlternatives(schema)) return true;
  const type = typeOf(schema);
  if (type === undefined || !KNOWN_TYPES.includes(type)) return false;
  if (type === 'array') return isDrawableList(schema);
  return type !== 'object' || isJsonObject(schema['properties']);
}

function isDrawableList(schema: JsonObject): boolean {
  const items = schema['items'];
  return isJsonObject(items) && schema['prefixItems'] === undefined && items['format'] !== 'data-url';
}

function hasAlternatives(schema: JsonObject): boolean {
  const alternatives = schema['oneOf'] ?? schema['anyOf'];
  return Array.isArray(alternatives) && alternatives.length > 0 && alternatives.every(isJsonObject) && !schema['prefixItems'];
}

function isScalarEnum(options: JsonValue | undefined): boolean {
  return Array.isArray(options) && options.length > 0 && !options.some((option) => Array.isArray(option) || isJsonObject(option));
}

/** A control that would show something else than the value is worse than none. */
function fits(schema: JsonObject, value: unknown): boolean {
  if (isScalarEnum(schema['enum'])) return value === null || typeof value !== 'object';
  if (hasAlternatives(schema) && typeOf(schema) === undefined) return true;
  switch (typeOf(schema)) {
    case 'string':
      return typeof value === 'string' && !value.startsWith('\u0000');
    case 'number':
    case 'integer':
      // A text that is no number yet is what somebody is typing
      return typeof value === 'number' || typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

/** The type a control is chosen by: named, or plain from what the schema says. */
function typeOf(schema: JsonObject): string | undefined {
  const type = schema['type'];
  if (typeof type === 'string') return type;
  return type === undefined && isJsonObject(schema['properties']) ? 'object' : undefined;
}

function resolve(root: JsonValue, schema: JsonValue): JsonObject | undefined {
  let at: JsonValue | undefined = schema;
  for (let count = 0; count < MAX_REFERENCES && isJsonObject(at); count += 1) {
    const reference: JsonValue | undefined = at['$ref'];
    if (typeof reference !== 'string') return at;
    if (!reference.startsWith('#')) return undefined;
    const { $ref: _followed, ...siblings } = at;
    const target: JsonValue | undefined = valueAt(root, pathOf(decodeURIComponent(reference.slice(1))));
    at = isJsonObject(target) ? { ...target, ...siblings } : target;
  }
  return undefined;
}

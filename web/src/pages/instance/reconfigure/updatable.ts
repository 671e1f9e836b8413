/** Which part of a configuration its schema lets change while an instance runs, and which it does not. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../../json/value';

export interface FixedField {
  name: string;
  /** What the schema calls it. */
  title: string | undefined;
  /** Nothing where the run has none. */
  value: JsonValue | undefined;
}

/** The whole schema still checks; this part of it is drawn. Nothing where no field may change. */
export function updatablePart(schema: JsonValue): JsonObject | undefined {
  const may = Object.entries(propertiesOf(schema)).filter(([, property]) => isUpdatable(property));
  if (may.length === 0) return undefined;
  const names = new Set(may.map(([name]) => name));
  const { $defs, definitions, required } = schema as JsonObject;
  return {
    type: 'object',
    properties: Object.fromEntries(may),
    required: Array.isArray(required) ? required.filter((name) => names.has(String(name))) : [],
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
  };
}

/** Of what a run has: what may change, and what stays. */
export function splitConfig(config: JsonValue, part: JsonObject): { may: JsonObject; stays: JsonObject } {
  const all = Object.entries(isJsonObject(config) ? config : {});
  const drawn = propertiesOf(part);
  return {
    may: Object.fromEntries(all.filter(([name]) => Object.hasOwn(drawn, name))),
    stays: Object.fromEntries(all.filter(([name]) => !Object.hasOwn(drawn, name))),
  };
}

/** In the schema's order, then members outside it; without those that the server sets. */
export function fixedFields(schema: JsonValue, config: JsonValue, system: ReadonlySet<string>): FixedField[] {
  const properties = propertiesOf(schema);
  const members = isJsonObject(config) ? config : {};
  const names = [...new Set([...Object.keys(properties), ...Object.keys(members)])];
  return names
    .filter((name) => !system.has(name) && !isUpdatable(properties[name]))
    .map((name) => ({ name, title: textIn(properties[name], 'title'), value: Object.hasOwn(members, name) ? members[name] : undefined }));
}

/** The fields whose name, title or description has these letters; all of them for none. */
export function fieldsNamed(part: JsonObject, words: string): JsonObject {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return part;
  const fits = ([name, property]: [string, JsonValue]) =>
    [name, textIn(property, 'title'), textIn(property, 'description')].some((said) => said?.toLowerCase().includes(wanted));
  return { ...part, properties: Object.fromEntries(Object.entries(propertiesOf(part)).filter(fits)) };
}

export function unitOf(schema: JsonValue, name: string): string | undefined {
  return textIn(propertiesOf(schema)[name], 'x-unit');
}

export function titleOf(schema: JsonValue, name: string): string | undefined {
  return textIn(propertiesOf(schema)[name], 'title');
}

function isUpdatable(property: JsonValue | undefined): boolean {
  return isJsonObject(property) && property['x-updatable'] === true;
}

function propertiesOf(schema: JsonValue): JsonObject {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) ? properties : {};
}

function textIn(property: JsonValue | undefined, keyword: string): string | undefined {
  const said = isJsonObject(property) ? property[keyword] : undefined;
  return typeof said === 'string' && said !== '' ? said : undefined;
}

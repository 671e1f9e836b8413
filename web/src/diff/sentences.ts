/** Changes of a definition's content as sentences, for drafts the server has not seen and for three-way views. */
import { dotted, pathOf } from '../json/pointer';
import { toJsonText } from '../json/json-text';
import { isJsonObject, jsonEqual, type JsonObject, type JsonValue } from '../json/value';
import type { Text } from '../text/text';
import { differences, type Difference } from './structure';

export interface Content {
  name?: string;
  description?: string | null;
  executorType?: string;
  visibility?: string;
  configSchema: JsonValue;
  defaultConfig: JsonValue;
}

const OVERVIEW = ['name', 'description', 'executorType', 'visibility'] as const;

export function changeSentences(before: Content, after: Content, text: Text): string[] {
  const overview = OVERVIEW.flatMap((part) => {
    const [was, is] = [before[part] ?? null, after[part] ?? null];
    return was === is ? [] : [text.diff.partChanged(text.diff.parts[part], printed(was), printed(is))];
  });
  const defaults = differences(before.defaultConfig, after.defaultConfig);
  return [
    ...overview,
    ...defaults.map((change) => defaultSentence(change, text)),
    ...schemaSentences(before.configSchema, after.configSchema, text),
  ];
}

function defaultSentence({ pointer, kind, before, after }: Difference, text: Text): string {
  const name = dotted(pointer) || text.diff.defaults;
  if (kind === 'added') return text.diff.defaultAdded(name, printed(after));
  if (kind === 'removed') return text.diff.defaultRemoved(name, printed(before));
  return text.diff.defaultChanged(name, printed(before), printed(after));
}

function schemaSentences(before: JsonValue, after: JsonValue, text: Text): string[] {
  const properties = propertySentences(before, after, '', text);
  const others = differences(withoutMembers(before), withoutMembers(after));
  return [...properties, ...others.map((change) => otherSentence(change, text))];
}

/** Property by property, as the form shows them; objects inside objects too. */
function propertySentences(before: JsonValue, after: JsonValue, parent: string, text: Text): string[] {
  const [was, is] = [propertiesOf(before), propertiesOf(after)];
  const [needed, needs] = [requiredOf(before), requiredOf(after)];
  const names = [...new Set([...Object.keys(is), ...Object.keys(was)])];
  return names.flatMap((name) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const [left, right] = [own(was, name), own(is, name)];
    if (right === undefined) return [text.diff.propertyRemoved(path)];
    if (left === undefined) return [text.diff.propertyAdded(path, needs.has(name), typeOf(right))];
    const required = needed.has(name) === needs.has(name) ? [] : [text.diff.requiredChanged(path, needs.has(name))];
    const keywords = differences(withoutMembers(left), withoutMembers(right));
    return [
      ...required,
      ...keywords.map((change) => keywordSentence(path, change, text)),
      ...propertySentences(left, right, path, text),
    ];
  });
}

function keywordSentence(name: string, { pointer, before, after }: Difference, text: Text): string {
  return text.diff.keywordChanged(name, dotted(pointer) || 'schema', printed(before), printed(after));
}

function otherSentence({ pointer, before, after }: Difference, text: Text): string {
  return text.diff.schemaChanged(pathOf(pointer).join('.') || '/', printed(before), printed(after));
}

/** What stands in a sentence: short, and `–` for what is not there. */
export function printed(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '–';
  const written = typeof value === 'string' ? value : toJsonText(value);
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}

function withoutMembers(schema: JsonValue): JsonValue {
  if (!isJsonObject(schema)) return schema;
  const { properties, required, ...rest } = schema;
  return {
    ...rest,
    ...(isJsonObject(properties) || properties === undefined ? {} : { properties }),
    ...(Array.isArray(required) || required === undefined ? {} : { required }),
  };
}

function propertiesOf(schema: JsonValue): JsonObject {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  return isJsonObject(properties) ? properties : {};
}

function requiredOf(schema: JsonValue): Set<JsonValue> {
  const required = isJsonObject(schema) ? schema['required'] : undefined;
  return new Set(Array.isArray(required) ? required : []);
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function typeOf(schema: JsonValue): string {
  const type = isJsonObject(schema) ? schema['type'] : undefined;
  return typeof type === 'string' ? type : Array.isArray(type) ? type.join('|') : '';
}

export function sameContent(before: Content, after: Content): boolean {
  return (
    OVERVIEW.every((part) => (before[part] ?? null) === (after[part] ?? null)) &&
    jsonEqual(before.configSchema, after.configSchema) &&
    jsonEqual(before.defaultConfig, after.defaultConfig)
  );
}

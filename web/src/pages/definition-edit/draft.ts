/** A definition as it is being written: the JSON parts as text, because text is what somebody types. */
import { parseJson, toJsonText } from '../../json/json-text';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json/value';

export interface Draft {
  name: string;
  description: string;
  executorType: string;
  visibility: string;
  schemaText: string;
  defaultsText: string;
}

export interface DraftContent {
  name: string;
  description: string | null;
  executorType: string;
  visibility: string;
  configSchema: JsonValue;
  defaultConfig: JsonValue;
}

export function draftOf(content: DraftContent): Draft {
  return {
    name: content.name,
    description: content.description ?? '',
    executorType: content.executorType,
    visibility: content.visibility,
    schemaText: toJsonText(content.configSchema, 2),
    defaultsText: toJsonText(content.defaultConfig, 2),
  };
}

/** Nothing while one of the JSON parts cannot be read. */
export function contentOf(draft: Draft): DraftContent | undefined {
  const configSchema = readObject(draft.schemaText);
  const defaultConfig = readObject(draft.defaultsText);
  if (configSchema === undefined || defaultConfig === undefined) return undefined;
  return {
    name: draft.name,
    description: draft.description === '' ? null : draft.description,
    executorType: draft.executorType,
    visibility: draft.visibility,
    configSchema,
    defaultConfig,
  };
}

/** What stands at each member of the input, as it was typed. */
export function typedMembers({ schemaText, defaultsText, ...fields }: Draft): Record<string, string> {
  return { ...fields, configSchema: schemaText, defaultConfig: defaultsText };
}

export function readObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  description: '',
  executorType: '',
  visibility: 'public',
  schemaText: '{\n  "type": "object",\n  "required": [],\n  "properties": {}\n}',
  defaultsText: '{}',
};

import { createContext, useContext } from 'react';
import type { JsonValue, JsonObject } from '../json/value';
import type { Path } from '../json/pointer';
import type { Source } from './overrides';

/** What the form's controls need besides their own value. */
export interface SchemaFormContext {
  schema: JsonValue;
  /** Ready sentences about the value at a JSON Pointer. */
  errorsAt: (pointer: string) => string[];
  /** Of the top-level member a path leads into; nothing when sources are not told apart. */
  sourceOf: (name: string) => Source | undefined;
  defaults: JsonObject;
  /** `1.0.3`: what the defaults are the defaults of. */
  defaultsVersion: string | undefined;
  /** The definition's defaults where `defaults` are other values: told beside each field. */
  standards?: JsonObject | undefined;
  /** Members that the form does not draw are not shown either. */
  onlyNamed?: boolean;
  reset: (name: string) => void;
  set: (path: Path, value: JsonValue | undefined) => void;
  /** A JSON box holds text that is no JSON (yet): nothing can be sent until it is. */
  setUnreadable: (id: string, unreadable: boolean) => void;
  readOnly: boolean;
}

/** A context of React's: rjsf compares its own deeply, finds functions equal, and hands on what is outdated. */
const Context = createContext<SchemaFormContext | null>(null);

export const SchemaFormProvider = Context.Provider;

export function useSchemaForm(): SchemaFormContext {
  const context = useContext(Context);
  if (context === null) throw new Error('SchemaFormProvider is missing');
  return context;
}

import type { FieldPathId, Registry, RJSFSchema } from '@rjsf/utils';
import { pointerOf } from '../json/pointer';
import { controlAria } from './aria';
import type { SchemaFormContext } from './form-context';

interface FieldPlace {
  fieldPathId: FieldPathId;
  schema: RJSFSchema;
  registry: Registry;
}

/** What every control of the form needs to know about its place. */
export function fieldAt({ fieldPathId, schema, registry }: FieldPlace) {
  const context = registry.formContext as SchemaFormContext;
  const path = fieldPathId.path;
  const pointer = pointerOf(path);
  const errors = context.errorsAt(pointer);
  const name = path.length > 0 ? String(path[0]) : undefined;
  const source = name === undefined ? undefined : context.sourceOf(name);
  const ownSource = path.length === 1 ? source : undefined;
  const id = fieldPathId.$id;
  const aria = controlAria(id, { description: Boolean(schema.description), source: ownSource !== undefined, errors });
  return { context, path, pointer, errors, source: ownSource, id, aria };
}

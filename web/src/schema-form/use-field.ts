import type { FieldPathId, RJSFSchema } from '@rjsf/utils';
import { pointerOf } from '../json/pointer';
import { controlAria } from './aria';
import { useSchemaForm } from './form-context';

interface FieldPlace {
  fieldPathId: FieldPathId;
  schema: RJSFSchema;
}

/** What every control of the form needs to know about its place. */
export function useField({ fieldPathId, schema }: FieldPlace) {
  const context = useSchemaForm();
  const path = fieldPathId.path;
  const pointer = pointerOf(path);
  const errors = context.errorsAt(pointer);
  const name = path.length > 0 ? String(path[0]) : undefined;
  const source = name === undefined ? undefined : context.sourceOf(name);
  const ownSource = path.length === 1 ? source : undefined;
  const id = fieldPathId.$id;
  const unit = unitOf(schema);
  const aria = controlAria(id, {
    description: Boolean(schema.description),
    unit: unit !== undefined,
    source: ownSource !== undefined,
    errors,
  });
  return { context, path, pointer, errors, source: ownSource, id, aria, unit };
}

/** A schema may say what a number is measured in; no keyword of JSON Schema does. */
function unitOf(schema: RJSFSchema): string | undefined {
  const unit: unknown = schema.unit;
  return typeof unit === 'string' && unit !== '' ? unit : undefined;
}

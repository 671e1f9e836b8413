/** rjsf asks a validator only which alternative or condition holds; errors are shown from our own list. */
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';
import type { JsonValue } from '../json/value';
import { validate } from '../validation/validate';
import { fromFormValue } from './encoding';

function holds(schema: RJSFSchema, formData: unknown, root: RJSFSchema): boolean {
  try {
    // Fragments refer to definitions that only the whole schema has
    const defs = { $defs: root['$defs'], definitions: root['definitions'], ...schema };
    return validate(JSON.parse(JSON.stringify(defs)) as JsonValue, fromFormValue(formData ?? null)).length === 0;
  } catch {
    return false;
  }
}

export const formValidator: ValidatorType = {
  isValid: holds,
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};

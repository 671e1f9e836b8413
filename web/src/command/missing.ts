/** What a form does not have yet, said at all its fields at once and before anything is sent. */
import type { UserError } from './user-error';

export interface Required {
  member: string;
  /** As its field is called. */
  label: string;
  value: string;
}

export function missingIn(fields: readonly Required[], sentence: (label: string) => string): UserError[] {
  return fields
    .filter(({ value }) => value.trim() === '')
    .map(({ member, label }) => ({
      code: 'INVALID_INPUT', message: sentence(label), phrase: null, pointer: `/${member}`, keyword: 'required', params: null,
    }));
}

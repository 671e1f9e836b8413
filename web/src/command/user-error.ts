import { graphql, type FragmentOf } from '../graphql/graphql';
import { isJsonObject, type JsonValue } from '../json/value';
import type { Violation } from '../validation/violation';

/** The part of every payload that says what was refused. */
export const userErrorFragment = graphql(`
  fragment Refusal on UserError @_unmask {
    code
    message
    phrase {
      code
      params
    }
    pointer
    keyword
    params
  }
`);

export type UserError = FragmentOf<typeof userErrorFragment>;

/** The server speaks English: in other languages a refusal is said by what it says, or by its code. */
export function inWords(errors: readonly UserError[], text: { refusal: (error: UserError) => string }): UserError[] {
  return errors.map((error) => ({ ...error, message: text.refusal(error) }));
}

/** Refusals about one member of the input, as violations of what stands there. */
export function violationsUnder(errors: readonly UserError[], member: string): Violation[] {
  const prefix = `/${member}`;
  return errors.flatMap(({ pointer, keyword, message, code }) => {
    if (pointer !== prefix && !pointer?.startsWith(`${prefix}/`)) return [];
    return [{ pointer: pointer.slice(prefix.length), keyword: keyword ?? code, message }];
  });
}

/** Refusals that belong to none of these members. */
export function errorsElsewhere(errors: readonly UserError[], members: readonly string[]): UserError[] {
  return errors.filter(({ pointer }) => {
    return !members.some((member) => pointer === `/${member}` || pointer?.startsWith(`/${member}/`));
  });
}

export interface Conflict {
  /** What there is now. */
  revision: number | undefined;
  actor: string | undefined;
  type: string | undefined;
  at: string | undefined;
  position: string | undefined;
}

/** Who was faster, and with what. */
export function conflictIn(errors: readonly UserError[]): Conflict | undefined {
  const error = errors.find(({ code }) => code === 'CONFLICT');
  if (error === undefined) return undefined;
  const params: JsonValue = error.params ?? null;
  const member = (name: string) => {
    const value = isJsonObject(params) ? params[name] : undefined;
    return value === undefined || value === null ? undefined : String(value);
  };
  const actual = Number(member('actual'));
  const revision = Number.isSafeInteger(actual) ? actual : undefined;
  return { revision, actor: member('actor'), type: member('type'), at: member('at'), position: member('position') };
}

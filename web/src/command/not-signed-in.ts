/** A command that found nobody signed in: nothing was done, and whoever gave it decides whether it is still meant. */
import type { CombinedError } from 'urql';
import type { UserError } from './user-error';

export function foundNobody(error: CombinedError | undefined): boolean {
  return error?.response?.status === 401;
}

export function notSignedIn(sentence: string): UserError {
  return { code: 'FORBIDDEN', message: sentence, phrase: null, pointer: null, keyword: null, params: null };
}

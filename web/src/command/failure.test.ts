import { CombinedError } from '@urql/core';
import { expect, it } from 'vitest';
import { failureSaid } from './failure';

it.each([
  [{ networkError: new TypeError('Failed to fetch') }, 'Nobody answered.'],
  [{ networkError: new Error('502 Bad Gateway') }, '502 Bad Gateway'],
  [{ graphQLErrors: ['It took too long.', 'Ask for less.'] }, 'It took too long. Ask for less.'],
])('%j', (failed, said) => {
  expect(failureSaid(new CombinedError(failed), 'Nobody answered.')).toBe(said);
});

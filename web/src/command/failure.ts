import type { CombinedError } from 'urql';

/** Why a request failed as a whole. What a browser says of a server that is gone differs between browsers and helps nobody. */
export function failureSaid({ networkError, graphQLErrors }: CombinedError, unanswered: string): string {
  if (networkError === undefined) return graphQLErrors.map(({ message }) => message).join(' ');
  return networkError instanceof TypeError ? unanswered : networkError.message;
}

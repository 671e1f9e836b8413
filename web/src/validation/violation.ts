import type { JsonValue } from '../json/value';

/** One thing wrong with a configuration, and where; what the server calls a violation, too. */
export interface Violation {
  /** JSON Pointer to the offending value; empty for the whole document. */
  pointer: string;
  /** The schema keyword that refused it. */
  keyword: string;
  /** What the keyword asks for: a limit, the allowed values, a missing member's name. */
  limit?: JsonValue;
  /** A ready sentence, from the server. Without it the catalogue words the violation. */
  message?: string;
}

/** Where people look for the fault: a missing member is missed at its own field. */
export function faultyField(violation: Violation): string {
  if (violation.keyword !== 'required' || typeof violation.limit !== 'string') return violation.pointer;
  return `${violation.pointer}/${violation.limit.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

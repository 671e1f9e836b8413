import { useEffect, useState } from 'react';
import { conflictIn, type UserError } from './user-error';

/**
 * The revision somebody decides on: the one there was when the form was opened, whatever happens behind it. Once they were
 * told that somebody else was faster, they decide on what there is by then. `now` is nothing until it is known.
 */
export function useSeenRevision(now: number | undefined, errors: readonly UserError[]): number | undefined {
  const [seen, setSeen] = useState(now);
  const told = conflictIn(errors)?.revision;
  useEffect(() => {
    setSeen((before) => told ?? before ?? now);
  }, [now, told]);
  return seen;
}

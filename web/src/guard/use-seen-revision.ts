import { useEffect, useRef, useState } from 'react';
import { conflictIn, type UserError } from '../command/user-error';
import type { useGuards } from './use-guards';

/**
 * The revision somebody decided on: the one there was when the dialog opened. Once they were told that somebody else was
 * faster, they decide on what there is by then.
 */
export function useSeenRevision({ guards, again }: ReturnType<typeof useGuards>, errors: readonly UserError[]): number | undefined {
  const now = guards?.revision;
  const [seen, setSeen] = useState(now);
  const refused = conflictIn(errors) !== undefined;
  const ask = useRef(again);
  ask.current = again;
  useEffect(() => {
    if (refused) ask.current();
  }, [refused]);
  useEffect(() => {
    setSeen((before) => (before === undefined || refused ? now : before));
  }, [now, refused]);
  return seen;
}

import { useCallback, useEffect, useRef } from 'react';

/**
 * Asks for something a while after it was first wanted, once for all who want it meanwhile. Unlike a debounced call it
 * is made however busy it stays.
 */
export function useSoon(act: () => void, waitMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, waitMs);
  }, [waitMs]);
}

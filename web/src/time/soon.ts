import { useCallback, useEffect, useRef } from 'react';

/**
 * Asks for something at once, and while it goes on being wanted again every `waitMs`, once for all who want it
 * meanwhile. Unlike a debounced call it is made however busy it stays.
 */
export function useSoon(act: () => void, waitMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const acted = useRef(-Infinity);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const actNow = () => {
      timer.current = undefined;
      acted.current = Date.now();
      latest.current();
    };
    const wait = acted.current + waitMs - Date.now();
    if (wait <= 0) actNow();
    else timer.current = setTimeout(actNow, wait);
  }, [waitMs]);
}

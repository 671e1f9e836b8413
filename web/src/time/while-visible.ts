import { useEffect, useRef } from 'react';

/** Again and again, but only while somebody looks at the page, and once more when they come back to it. */
export function useWhileVisible(act: () => void, everyMs: number): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const visible = () => document.visibilityState === 'visible';
    const timer = setInterval(() => {
      if (visible()) latest.current();
    }, everyMs);
    const back = () => {
      if (visible()) latest.current();
    };
    document.addEventListener('visibilitychange', back);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', back);
    };
  }, [everyMs]);
}

import { useWhileVisible } from '../time/while-visible';
import { useConnection } from './live';

/** For what no feed tells of: asked for again and again, unless somebody paused. */
export function useRereading(act: () => void, everyMs: number): void {
  const { state } = useConnection();
  useWhileVisible(() => {
    if (state.kind !== 'paused') act();
  }, everyMs);
}

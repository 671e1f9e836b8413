/** All guards, asked for again whenever one changed. */
import { useQuery } from 'urql';
import { useLifecycle } from '../live/live';
import { guardsDocument } from './guards';

export function useGuards() {
  const [{ data, fetching, error }, ask] = useQuery({ query: guardsDocument, requestPolicy: 'network-only' });
  const again = () => ask({ requestPolicy: 'network-only' });
  useLifecycle((event) => {
    if (event.streamType === 'risk_guards') again();
  });
  return { guards: data?.guards, fetching, error, again };
}

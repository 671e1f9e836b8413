/** All guards, asked for again whenever one changed. */
import { useLifecycle } from '../live/live';
import { useKeptQuery } from '../live/use-kept-query';
import { guardsDocument } from './guards';

export function useGuards() {
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: guardsDocument, requestPolicy: 'network-only' });
  const again = () => ask({ requestPolicy: 'network-only' });
  useLifecycle((event) => {
    if (event.streamType === 'risk_guards') again();
  });
  return { guards: data?.guards, fetching, error, again };
}

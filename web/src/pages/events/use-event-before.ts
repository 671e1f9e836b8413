import { useEffect, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import { eventBefore, untilThen, type EventBefore } from './event-before';
import { beforeDocument, type EventDetails } from './events';

type Looked = { event: EventBefore | undefined } | { error: CombinedError };

/** Nothing while it is looked for. The first event of a stream has none before it: nobody asks for that. */
export function useEventBefore(event: EventDetails): Looked | undefined {
  const client = useClient();
  const [looked, setLooked] = useState<Looked | undefined>();
  useEffect(() => {
    let over = false;
    const ask = async (after: string | null) => {
      const { data, error } = await client.query(beforeDocument, { filter: untilThen(event), after }).toPromise();
      if (data === undefined) throw error;
      return data.events;
    };
    const look = async (): Promise<Looked> => ({ event: event.streamVersion === 1 ? undefined : await eventBefore(event, ask) });
    void look()
      .catch((error: CombinedError): Looked => ({ error }))
      .then((answer) => {
        if (!over) setLooked(answer);
      });
    return () => {
      over = true;
    };
  }, [client, event.id]);
  return looked;
}

/** Asks who is there before any page is shown, and brings up what all pages share. */
import { useQuery } from 'urql';
import { LiveProvider } from '../live/live';
import { OwnWritesProvider } from '../live/own-writes';
import { NoticesProvider } from '../notices/notices';
import { Loaded } from '../page/Loaded';
import { MeProvider, meDocument } from '../session/me';
import { Shell } from './Shell';

export function SignedIn() {
  const [{ data, fetching, error }, retry] = useQuery({ query: meDocument, requestPolicy: 'network-only' });
  return (
    <Loaded data={data} fetching={fetching} error={error} retry={() => retry({ requestPolicy: 'network-only' })}>
      {(me) => (
        <MeProvider value={me}>
          <OwnWritesProvider>
            <LiveProvider head={me.readPosition.head}>
              <NoticesProvider>
                <Shell />
              </NoticesProvider>
            </LiveProvider>
          </OwnWritesProvider>
        </MeProvider>
      )}
    </Loaded>
  );
}

/** Asks who is there before any page is shown, and brings up what all pages share. */
import { Center, Loader } from '@mantine/core';
import { useQuery } from 'urql';
import { LiveProvider } from '../live/live';
import { OwnWritesProvider } from '../live/own-writes';
import { NoticesProvider } from '../notices/notices';
import { Loaded } from '../page/Loaded';
import { MeProvider, meDocument } from '../session/me';
import { useText } from '../text/text';
import { Shell } from './Shell';

export function SignedIn() {
  const text = useText();
  const [{ data, fetching, error }, retry] = useQuery({ query: meDocument, requestPolicy: 'network-only' });
  if (data === undefined && fetching) {
    return (
      <Center h="100vh">
        <Loader aria-label={text.app.loading} />
      </Center>
    );
  }
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

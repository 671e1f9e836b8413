/** Asks who is there before any page is shown, and brings up what all pages share; and who is there once the session has ended. */
import { lazy, Suspense, useState } from 'react';
import { LiveProvider } from '../live/live';
import { OwnWritesProvider } from '../live/own-writes';
import { useKeptQuery } from '../live/use-kept-query';
import { NoticesProvider } from '../notices/notices';
import { Loaded } from '../page/Loaded';
import { useSessionEnded } from '../session/ended';
import { MeProvider, meDocument } from '../session/me';
import { Shell } from './Shell';

const SignInAgain = lazy(() => import('../pages/login/SignInAgain'));

export function SignedIn() {
  const [{ data, fetching, error }, retry] = useKeptQuery({ query: meDocument, requestPolicy: 'network-only' });
  const ended = useSessionEnded();
  const [isOther, setOther] = useState(false);
  if (isOther) return null;
  return (
    <>
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
      {ended ? (
        <Suspense>
          <SignInAgain name={data?.me.name} onOther={() => setOther(true)} />
        </Suspense>
      ) : null}
    </>
  );
}

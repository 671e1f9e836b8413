/**
 * Above every page, so that nobody ever has to wonder whether this is real money, or whether anything trades at all.
 * The emergency stop is never further away than this.
 */
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { useLifecycle } from '../live/live';
import { useMe } from '../session/me';
import { useFrameText } from '../text/frame-text';
import { Moment } from '../time/Moment';
import { haltDocument } from './halt';

const HaltDialog = lazy(() => import('./HaltDialog'));
const ResumeDialog = lazy(() => import('./ResumeDialog'));

export function TradingBanner() {
  const text = useFrameText();
  const live = useMe().about.trading === 'LIVE';
  const [asking, setAsking] = useState(false);
  const [{ data }, ask] = useQuery({ query: haltDocument, requestPolicy: 'network-only' });
  useLifecycle((event) => {
    if (event.streamType === 'installation') ask({ requestPolicy: 'network-only' });
  });
  const halt = data?.settings.halt;
  const close = () => setAsking(false);
  return (
    <>
      <div className={`banner banner-with-action ${live ? 'banner-live' : 'banner-paper'}`}>
        <span>{live ? text.app.live : text.app.paper}</span>
        {halt ? null : (
          <Button size="compact-sm" color="red.9" onClick={() => setAsking(true)}>
            {text.halt.stop}
          </Button>
        )}
      </div>
      {halt ? (
        <div className="banner banner-with-action banner-halted" role="alert">
          <span>
            {text.halt.halted} <Moment at={halt.since} />: {halt.reason}
          </span>
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
            {text.halt.resume}
          </Button>
        </div>
      ) : null}
      {asking ? (
        <Suspense>
          {data && halt ? <ResumeDialog halt={halt} revision={data.settings.revision} onClose={close} /> : <HaltDialog onClose={close} />}
        </Suspense>
      ) : null}
    </>
  );
}

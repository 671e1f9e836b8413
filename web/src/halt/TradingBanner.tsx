/**
 * Above every page, so that nobody ever has to wonder whether this is real money, or whether anything trades at all.
 * The emergency stop is never further away than this.
 */
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useLifecycle } from '../live/live';
import { useKeptQuery } from '../live/use-kept-query';
import { useMe } from '../session/me';
import { useFrameText } from '../text/frame-text';
import { Moment } from '../time/Moment';
import { haltDocument, type Halt } from './halt';

const HaltDialog = lazy(() => import('./HaltDialog'));
const ResumeDialog = lazy(() => import('./ResumeDialog'));

/** As it was when the dialog was opened: whoever presses its button must not find that it has become the other one. */
type Asking = 'halt' | { halt: Halt; revision: number } | undefined;

export function TradingBanner() {
  const text = useFrameText();
  const { venues } = useMe().about;
  const on = (trading: string) => venues.filter((venue) => venue.trading === trading).map(({ name }) => name);
  const live = on('LIVE');
  const sandbox = on('SANDBOX');
  const [asking, setAsking] = useState<Asking>();
  const [{ data }, ask] = useKeptQuery({ query: haltDocument, requestPolicy: 'network-only' });
  useLifecycle((event) => {
    if (event.streamType === 'installation') ask({ requestPolicy: 'network-only' });
  });
  const settings = data?.settings;
  const halt = settings?.halt;
  const close = () => setAsking(undefined);
  return (
    <>
      <div className={`banner banner-with-action ${live.length > 0 ? 'banner-live' : 'banner-paper'}`}>
        <span>
          {live.length > 0 ? `${text.app.live(live.join(', '))} ` : null}
          {sandbox.length > 0 ? `${text.app.sandbox(sandbox.join(', '))} ` : null}
          {live.length + sandbox.length > 0 ? text.app.rest : text.app.paper}
        </span>
        {halt ? null : (
          <Button size="compact-sm" color="red.9" onClick={() => setAsking('halt')}>
            {text.halt.stop}
          </Button>
        )}
      </div>
      {settings && halt ? (
        <div className="banner banner-with-action banner-halted" role="alert">
          <span>
            {text.halt.halted} <Moment at={halt.since} />: {halt.reason}
          </span>
          <Button size="compact-sm" variant="default" onClick={() => setAsking({ halt, revision: settings.revision })}>
            {text.halt.resume}
          </Button>
        </div>
      ) : null}
      {asking === undefined ? null : (
        <Suspense>{asking === 'halt' ? <HaltDialog onClose={close} /> : <ResumeDialog {...asking} onClose={close} />}</Suspense>
      )}
    </>
  );
}

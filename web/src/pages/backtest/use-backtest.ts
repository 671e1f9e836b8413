/** A backtest on the server, looked at until it has ended. */
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { failureSaid } from '../../command/failure';
import { foundNobody } from '../../command/not-signed-in';
import { useKeptQuery } from '../../live/use-kept-query';
import { useText } from '../../text/text';
import { backtestDocument, cancelBacktestDocument } from './backtest';

const LOOK_EVERY_MS = 400;

export function useBacktest(id: string | undefined) {
  const text = useText();
  const client = useClient();
  const [cancelling, setCancelling] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: backtestDocument,
    variables: { id: id ?? '' },
    pause: id === undefined,
    requestPolicy: 'network-only',
  });
  const backtest = data?.backtest?.id === id ? data?.backtest : undefined;
  const goesOn = backtest?.state === 'QUEUED' || backtest?.state === 'RUNNING';
  const waits = goesOn || error?.networkError !== undefined;
  useEffect(() => {
    if (!waits || fetching) return;
    const timer = setTimeout(() => ask({ requestPolicy: 'network-only' }), LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [waits, fetching, ask]);

  const cancel = async () => {
    if (id === undefined) return;
    setCancelling(true);
    setFailure(undefined);
    const result = await client.mutation(cancelBacktestDocument, { input: { id } }).toPromise();
    setCancelling(false);
    if (result.error !== undefined) setFailure(foundNobody(result.error) ? text.command.sessionEnded : failureSaid(result.error, text.command.unanswered));
    else ask({ requestPolicy: 'network-only' });
  };
  return {
    backtest: backtest ?? undefined,
    /** It was asked for, and is no longer there. */
    isGone: id !== undefined && !fetching && data !== undefined && data.backtest === null,
    goesOn,
    failure: failure ?? (error && failureSaid(error, text.command.unanswered)),
    cancelling,
    cancel,
  };
}

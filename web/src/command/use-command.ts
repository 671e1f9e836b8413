/**
 * Gives one command and follows it to its event. The idempotency key stays the same until it succeeded, so trying
 * again after a lost answer cannot do the thing twice.
 */
import { stringifyDocument } from '@urql/core';
import { useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { TadaDocumentNode } from 'gql.tada';
import { useConnection, useLifecycleLog } from '../live/live';
import { useOwnWrites } from '../live/own-writes';
import { useNotices } from '../notices/notices';
import { useSignInAtHand } from '../session/sign-in-at-hand';
import { useText } from '../text/text';
import { failureSaid } from './failure';
import { foundNobody, notSignedIn } from './not-signed-in';
import type { Request } from './request-text';
import { inWords, type UserError } from './user-error';
import { useCapture } from './use-capture';

/** A command that changed nothing has no event to wait for. */
const CONFIRM_WITHIN_MS = 10_000;
/** In place of what the server refused, which nobody has heard. */
const NOBODY: readonly UserError[] = [];

export interface Payload {
  position?: string | null;
  userErrors: readonly UserError[];
}

interface CommandOptions<Result, Variables, P extends Payload> {
  document: TadaDocumentNode<Result, Variables>;
  payloadOf: (result: Result) => P;
  /** What happened, for the notice: "pmm 1.0.4 published". */
  said: (payload: P) => string;
}

export function useCommand<Result, Variables extends Record<string, unknown>, P extends Payload>(
  options: CommandOptions<Result, Variables, P>,
) {
  const client = useClient();
  const follow = useFollow();
  const key = useRef<string>(crypto.randomUUID());
  const capture = useCapture();
  useSignInAtHand();
  const text = useText();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly UserError[]>([]);
  const [failure, setFailure] = useState<string | undefined>();

  /** Nobody was signed in, here or where it was looked at first. */
  const missed = () => setRefused(NOBODY);
  /** The payload when it was done; nothing when it was refused or failed, and then why is in `errors` or `failure`. */
  const give = async (variables: (idempotencyKey: string) => Variables): Promise<P | undefined> => {
    // Another key than this form's: what somebody sends later is another command
    if (capture.took(options.document, () => variables(crypto.randomUUID()))) return undefined;
    setBusy(true);
    setFailure(undefined);
    const result = await client.mutation(options.document, variables(key.current)).toPromise();
    setBusy(false);
    if (foundNobody(result.error)) {
      missed();
      return undefined;
    }
    if (result.error !== undefined || result.data === undefined) {
      setRefused([]);
      setFailure(result.error === undefined ? '' : failureSaid(result.error, text.command.unanswered));
      return undefined;
    }
    const payload = options.payloadOf(result.data);
    setRefused(payload.userErrors);
    // Answered, either way: what comes next is another request
    key.current = crypto.randomUUID();
    if (payload.userErrors.length > 0) return undefined;
    follow(options.said(payload), payload.position ?? undefined);
    return payload;
  };

  const errors = useMemo(() => (refused === NOBODY ? [notSignedIn(text.command.sessionEnded)] : inWords(refused, text)), [refused, text]);
  const forget = () => {
    setRefused([]);
    setFailure(undefined);
  };
  /** One that is not sent, with a key of its own. */
  const requestWith = (variables: (idempotencyKey: string) => Variables): Request => ({
    query: stringifyDocument(options.document),
    variables: variables(crypto.randomUUID()),
  });
  return { give, busy, errors, failure, forget, missed, requestOf: capture.requestOf, requestWith };
}

/** Says that a command was recorded, and then which event confirmed it. */
function useFollow() {
  const { wrote } = useOwnWrites();
  const { tell } = useNotices();
  const log = useLifecycleLog();
  const connection = useConnection();
  const text = useText();
  return (said: string, position: string | undefined) => {
    if (position === undefined) {
      tell({ tone: 'good', said: text.command.unchanged(said) });
      return;
    }
    wrote(position);
    if (connection.state.kind === 'paused' || connection.state.kind === 'refused') {
      tell({ tone: 'good', said: text.command.unconfirmed(said, position) });
      return;
    }
    const replace = tell({ tone: 'calm', said: text.command.waiting(said, position) });
    const waited = new Promise<undefined>((resolve) => setTimeout(resolve, CONFIRM_WITHIN_MS, undefined));
    void Promise.race([log.reach(position), waited]).then((event) => {
      const confirmed = event !== undefined && text.command.confirmed(said, event.type, event.position);
      replace({ tone: 'good', said: confirmed || text.command.unconfirmed(said, position) });
    });
  };
}

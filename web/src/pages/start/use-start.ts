/** Checks what would run, and starts only what was looked at. */
import { useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureSaid } from '../../command/failure';
import { foundNobody } from '../../command/not-signed-in';
import { useCommand } from '../../command/use-command';
import { inWords } from '../../command/user-error';
import { toJsonText } from '../../json/json-text';
import type { JsonObject } from '../../json/value';
import { useText } from '../../text/text';
import { runsTheSame } from './runs-the-same';
import { startDocument, validateDocument, type StartDefinition, type StartInput, type Validation } from './start';

interface StartOptions {
  definition: StartDefinition;
  input: StartInput;
  /** What the input comes to, as the form sees it. */
  config: JsonObject;
  /** What the form shows is no longer what would run. */
  onOutdated: () => void;
}

export function useStart({ definition, input, config, onOutdated }: StartOptions) {
  const text = useText();
  const client = useClient();
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const [isOtherwise, setOtherwise] = useState(false);
  const [judged, setJudged] = useState<{ of: string; config: JsonObject; validation: Validation } | undefined>();
  const command = useCommand({
    document: startDocument,
    payloadOf: (result) => result.startInstance,
    said: (payload) => text.start.done(payload.instance?.key ?? definition.key),
  });
  const now = `${definition.revision} ${toJsonText(input)}`;
  const current = judged?.of === now ? judged.validation : undefined;

  const ask = async (): Promise<Validation | undefined> => {
    setChecking(true);
    setFailure(undefined);
    const { data, error } = await client.query(validateDocument, { input }, { requestPolicy: 'network-only', sentOnce: true }).toPromise();
    setChecking(false);
    if (foundNobody(error)) {
      command.missed();
      return undefined;
    }
    const validation = data?.validateConfig ?? undefined;
    if (validation === undefined) setFailure(error === undefined ? text.load.missing(text.definition.what(definition.key)) : failureSaid(error, text.command.unanswered));
    else setJudged({ of: now, config, validation });
    return validation;
  };
  const validate = async () => {
    command.forget();
    setOtherwise(false);
    await ask();
  };
  const sent = useRef({});
  const isUnanswered = command.failure !== undefined;
  const give = (reason: string | null) => {
    // What got no answer may have been carried out: it is repeated word for word, so that it happens once
    const looked = { expectedRevision: current?.existing?.revision ?? 0, expectedDefinitionRevision: definition.revision };
    const expected = isUnanswered ? sent.current : looked;
    sent.current = expected;
    return command.give((idempotencyKey) => ({ input: { ...input, ...expected, idempotencyKey, reason } }));
  };
  /** True when it is what was looked at; otherwise it is shown as it is now. */
  const looksAgain = async (): Promise<boolean> => {
    const looked = current;
    const wouldRun = await ask();
    if (looked === undefined || wouldRun === undefined) return false;
    const isSame = runsTheSame(looked, wouldRun);
    setOtherwise(!isSame);
    if (!isSame) onOutdated();
    return isSame;
  };
  /** The key of what was started. */
  const start = async (reason: string | null): Promise<string | undefined> => {
    if (!isUnanswered && !(await looksAgain())) return undefined;
    const done = await give(reason);
    // Somebody may have started it in between: what is there now is shown, and is what the next attempt is about
    if (done === undefined) await ask();
    return done?.instance?.key;
  };
  /** What speaks against it: the last command's refusals, or else what was found when it was looked at. */
  const errors = useMemo(
    () => (command.errors.length > 0 ? command.errors : inWords(judged?.validation.errors ?? [], text)),
    [command.errors, judged, text],
  );
  return { command, judged, current, errors, checking, failure, isOtherwise, validate, give, start };
}

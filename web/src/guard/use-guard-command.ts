import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef } from 'react';
import { useCommand, type Payload } from '../command/use-command';
import { useSeenRevision } from '../command/use-seen-revision';
import { conflictIn, type UserError } from '../command/user-error';
import { useGuards } from './use-guards';

/** What somebody decided on, of all guards together. Who was told that somebody else was faster is shown what there is now. */
export function useSeenGuards({ guards, again }: ReturnType<typeof useGuards>, errors: readonly UserError[]): number | undefined {
  const refused = conflictIn(errors) !== undefined;
  const ask = useRef(again);
  ask.current = again;
  useEffect(() => {
    if (refused) ask.current();
  }, [refused]);
  return useSeenRevision(guards?.revision, errors);
}

interface GuardCommandInput {
  name: string;
  expectedRevision: number | null;
  reason: string | null;
  idempotencyKey: string;
}

interface GuardCommandOptions<Result, P extends Payload> {
  name: string;
  document: TadaDocumentNode<Result, { input: GuardCommandInput }>;
  payloadOf: (result: Result) => P;
  said: () => string;
  onClose: () => void;
}

/** A command about one guard that needs nothing but a reason: what its dialog is handed. */
export function useGuardCommand<Result, P extends Payload>({ name, onClose, ...options }: GuardCommandOptions<Result, P>) {
  const command = useCommand(options);
  const seen = useSeenGuards(useGuards(), command.errors);
  const submit = async (reason: string | null) => {
    const input = { name, expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  return { ...command, reason: 'required', blocked: seen === undefined, onSubmit: (reason: string | null) => void submit(reason), onClose } as const;
}

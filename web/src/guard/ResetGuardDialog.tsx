import { Text } from '@mantine/core';
import { CommandDialog } from '../command/CommandDialog';
import { useCommand } from '../command/use-command';
import { useText } from '../text/text';
import { resetGuardDocument, type Guard } from './guards';
import { TripSaid } from './TripSaid';
import { useGuards } from './use-guards';
import { useSeenRevision } from './use-seen-revision';
import { watchedSaid } from './words';

export default function ResetGuardDialog({ guard, onClose }: { guard: Guard; onClose: () => void }) {
  const { guards: says } = useText();
  const { name } = guard;
  const command = useCommand({ document: resetGuardDocument, payloadOf: (result) => result.resetGuard, said: () => says.resetDone(name) });
  const seen = useSeenRevision(useGuards(), command.errors);
  const submit = async (reason: string | null) => {
    const input = { name, expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog {...command} title={says.resetTitle(name)} submit={says.reset} reason="required" blocked={seen === undefined} onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      {guard.trip === null ? null : <TripSaid trip={guard.trip} currency={guard.currency} />}
      <Text>{says.resetAbout(watchedSaid(guard, says))}</Text>
      <Text>{says.resetAnew}</Text>
    </CommandDialog>
  );
}

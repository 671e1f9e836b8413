import { Text } from '@mantine/core';
import { CommandDialog } from '../command/CommandDialog';
import { useCommand } from '../command/use-command';
import { useText } from '../text/text';
import { removeGuardDocument, type Guard } from './guards';
import { useGuards } from './use-guards';
import { useSeenRevision } from './use-seen-revision';
import { watchedSaid } from './words';

export default function RemoveGuardDialog({ guard, onClose }: { guard: Guard; onClose: () => void }) {
  const { guards: says } = useText();
  const { name } = guard;
  const command = useCommand({ document: removeGuardDocument, payloadOf: (result) => result.removeGuard, said: () => says.removeDone(name) });
  const seen = useSeenRevision(useGuards(), command.errors);
  const submit = async (reason: string | null) => {
    const input = { name, expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog {...command} danger title={says.removeTitle(name)} submit={says.remove} reason="required" blocked={seen === undefined} onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>{says.removeAbout(watchedSaid(guard, says))}</Text>
    </CommandDialog>
  );
}

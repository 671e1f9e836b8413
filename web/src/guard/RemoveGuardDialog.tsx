import { Text } from '@mantine/core';
import { CommandDialog } from '../command/CommandDialog';
import { useText } from '../text/text';
import { removeGuardDocument, type Guard } from './guards';
import { useGuardCommand } from './use-guard-command';
import { watchedSaid } from './words';

export default function RemoveGuardDialog({ guard, onClose }: { guard: Guard; onClose: () => void }) {
  const { guards: says } = useText();
  const { name } = guard;
  const command = useGuardCommand({
    name,
    document: removeGuardDocument,
    payloadOf: (result) => result.removeGuard,
    said: () => says.removeDone(name),
    onClose,
  });
  return (
    <CommandDialog {...command} danger title={says.removeTitle(name)} submit={says.remove}>
      <Text>{says.removeAbout(watchedSaid(guard, says))}</Text>
    </CommandDialog>
  );
}

import { Text } from '@mantine/core';
import { CommandDialog } from '../command/CommandDialog';
import { useText } from '../text/text';
import { resetGuardDocument, type Guard } from './guards';
import { TripSaid } from './TripSaid';
import { useGuardCommand } from './use-guard-command';
import { watchedSaid } from './words';

export default function ResetGuardDialog({ guard, onClose }: { guard: Guard; onClose: () => void }) {
  const { guards: says } = useText();
  const { name } = guard;
  const command = useGuardCommand({
    name,
    document: resetGuardDocument,
    payloadOf: (result) => result.resetGuard,
    said: () => says.resetDone(name),
    onClose,
  });
  return (
    <CommandDialog {...command} title={says.resetTitle(name)} submit={says.reset}>
      {guard.trip === null ? null : <TripSaid trip={guard.trip} currency={guard.currency} />}
      <Text>{says.resetAbout(watchedSaid(guard, says))}</Text>
      <Text>{says.resetAnew}</Text>
    </CommandDialog>
  );
}

import { Text } from '@mantine/core';
import { CommandDialog } from '../command/CommandDialog';
import { useCommand } from '../command/use-command';
import { useText } from '../text/text';
import { haltTradingDocument } from './halt';

export default function HaltDialog({ onClose }: { onClose: () => void }) {
  const { halt: says } = useText();
  const command = useCommand({
    document: haltTradingDocument,
    payloadOf: (result) => result.haltTrading,
    said: () => says.stopped,
  });
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { reason, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog {...command} title={says.stopTitle} submit={says.stop} danger reason="required" onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>{says.stopAbout}</Text>
      <Text>{says.stopKeeps}</Text>
    </CommandDialog>
  );
}

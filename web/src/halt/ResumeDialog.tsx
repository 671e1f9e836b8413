import { Text } from '@mantine/core';
import { CommandDialog } from '../command/CommandDialog';
import { useCommand } from '../command/use-command';
import { useSeenRevision } from '../command/use-seen-revision';
import { useText } from '../text/text';
import { Moment } from '../time/Moment';
import { resumeTradingDocument, type Halt } from './halt';

interface ResumeDialogProps {
  halt: Halt;
  /** A halt that comes after it stays. */
  revision: number;
  onClose: () => void;
}

export default function ResumeDialog({ halt, revision, onClose }: ResumeDialogProps) {
  const { halt: says } = useText();
  const command = useCommand({
    document: resumeTradingDocument,
    payloadOf: (result) => result.resumeTrading,
    said: () => says.resumed,
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const input = { expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog {...command} title={says.resumeTitle} submit={says.resume} reason="required" onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>
        {says.halted} <Moment at={halt.since} />: {halt.reason}
      </Text>
      <Text>{says.resumeAbout}</Text>
    </CommandDialog>
  );
}

import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useSeenRevision } from '../../command/use-seen-revision';
import { violationsUnder } from '../../command/user-error';
import { useText } from '../../text/text';
import { restoreDocument } from './commands';
import type { Definition } from './definition';

interface RestoreDialogProps {
  definition: Definition;
  version: string;
  onClose: () => void;
}

export function RestoreDialog({ definition: { key, revision }, version, onClose }: RestoreDialogProps) {
  const { restore: says } = useText();
  const [newVersion, setNewVersion] = useState('');
  const command = useCommand({
    document: restoreDocument,
    payloadOf: (result) => result.restoreDefinitionVersion,
    said: () => says.done(key, version),
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const input = { key, version, newVersion: newVersion === '' ? null : newVersion, expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  const refused = violationsUnder(command.errors, 'newVersion').map(({ message }) => message).join(' ');
  return (
    <CommandDialog
      {...command}
      title={says.title(version)}
      submit={says.submit}
      reason="required"
      shownElsewhere={['newVersion']}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.about(version)}</Text>
      <TextInput
        label={says.newVersion}
        description={says.free}
        value={newVersion}
        error={refused || undefined}
        onChange={(event) => setNewVersion(event.currentTarget.value)}
      />
    </CommandDialog>
  );
}

/** Stopping several at once: the count must be typed, and each that was not stopped is named. */
import { List, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { userErrorFragment } from '../../command/user-error';
import { graphql } from '../../graphql/graphql';
import { useNotices } from '../../notices/notices';
import type { StopMode } from '../../stopping/stop-mode';
import { StopModeChoice } from '../../stopping/StopModeChoice';
import { useText } from '../../text/text';
import type { InstanceRow } from './instances';

const stopManyDocument = graphql(
  `
    mutation StopInstances($input: StopInstancesInput!) {
      stopInstances(input: $input) {
        position
        results {
          key
          stopped
          userErrors {
            ...Refusal
          }
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

interface StopManyDialogProps {
  rows: readonly InstanceRow[];
  onClose: () => void;
  onDone: () => void;
}

export function StopManyDialog({ rows, onClose, onDone }: StopManyDialogProps) {
  const text = useText();
  const says = text.instances;
  const { tell } = useNotices();
  const [typed, setTyped] = useState('');
  const [mode, setMode] = useState<StopMode>('CANCEL');
  // The list goes on changing behind the dialog: what was confirmed is what is stopped
  const [keys] = useState(() => rows.map(({ key }) => key));
  const command = useCommand({
    document: stopManyDocument,
    payloadOf: (result) => result.stopInstances,
    said: (payload) => says.stoppedMany(payload.results.filter(({ stopped }) => stopped).length, keys.length),
  });
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { keys, mode, idempotencyKey, reason } }));
    if (done === undefined) return;
    const left = done.results.filter(({ stopped }) => !stopped);
    if (left.length > 0) {
      const why = left.map(({ key, userErrors }) => says.notStopped(key, userErrors[0] === undefined ? says.didNotRun : text.refusal(userErrors[0])));
      tell({ tone: 'bad', said: says.stoppedMany(keys.length - left.length, keys.length), about: why.join('; ') });
    }
    onDone();
    onClose();
  };
  return (
    <CommandDialog
      {...command}
      danger
      title={says.stopManyTitle(keys.length)}
      submit={mode === 'FLATTEN' ? text.stopping.submitFlattenMany(keys.length) : says.stopSelected(keys.length)}
      reason="required"
      blocked={typed !== String(keys.length)}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.stopManyAbout}</Text>
      <List size="sm" style={{ maxHeight: 200, overflow: 'auto' }} tabIndex={0}>
        {keys.map((key) => (
          <List.Item key={key}>{key}</List.Item>
        ))}
      </List>
      <StopModeChoice count={keys.length} value={mode} onChange={setMode} />
      <TextInput label={says.stopManyConfirm(keys.length)} value={typed} inputMode="numeric" onChange={(event) => setTyped(event.currentTarget.value)} />
    </CommandDialog>
  );
}

/** Stopping one instance: what becomes of what it holds, and why it is stopped. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { HeldEarlier } from '../../stopping/HeldEarlier';
import { HeldNow } from '../../stopping/HeldNow';
import type { StopMode } from '../../stopping/stop-mode';
import { StopModeChoice } from '../../stopping/StopModeChoice';
import { useText } from '../../text/text';
import { stopDocument } from './commands';
import type { Instance } from './instance';

interface StopDialogProps {
  /** As it is now: what it holds changes while the dialog is open. */
  instance: Instance;
  onClose: () => void;
}

export function StopDialog({ instance: { key, execution, run, trading }, onClose }: StopDialogProps) {
  const { instance: says, stopping } = useText();
  const [mode, setMode] = useState<StopMode>('CANCEL');
  const command = useCommand({ document: stopDocument, payloadOf: (result) => result.stopInstance, said: () => says.stopped(key) });
  const submit = async (reason: string | null) => {
    // Whoever stops means the instance as it is now, whatever happened since this page was drawn
    const done = await command.give((idempotencyKey) => ({ input: { key, mode, idempotencyKey, reason } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog
      {...command}
      danger
      trading={trading}
      title={says.stopTitle(key)}
      submit={mode === 'FLATTEN' ? stopping.submitFlatten : says.stop}
      reason="required"
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.stopAbout}</Text>
      <HeldNow positions={execution?.positions} />
      <HeldEarlier instanceKey={key} before={run} latest={run} asOf={null} />
      <StopModeChoice count={1} value={mode} onChange={setMode} />
    </CommandDialog>
  );
}

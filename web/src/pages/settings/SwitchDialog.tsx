import { List, Text } from '@mantine/core';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useSeenRevision } from '../../command/use-seen-revision';
import { useText } from '../../text/text';
import { setSwitchesDocument, type Settings } from './settings';
import type { Wanted } from './switch-changes';

interface SwitchDialogProps {
  /** As they are now, whoever changed them. */
  settings: Settings;
  changes: Wanted;
  onDone: () => void;
  onClose: () => void;
}

export function SwitchDialog({ settings, changes, onDone, onClose }: SwitchDialogProps) {
  const { settings: says } = useText();
  const command = useCommand({ document: setSwitchesDocument, payloadOf: (result) => result.setSwitches, said: () => says.changed });
  const seen = useSeenRevision(settings.revision, command.errors);
  const { mode, dynamicFlow } = changes;
  const isSo = mode === undefined && dynamicFlow === undefined;
  const flow = (on: boolean) => (on ? says.dynamicOn : says.dynamicOff);
  const submit = async (reason: string | null) => {
    const input = { ...changes, expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done === undefined) return;
    onDone();
    onClose();
  };
  return (
    <CommandDialog {...command} title={says.changeTitle} submit={says.change} reason="required" blocked={isSo} onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      {isSo ? <Text>{says.nothing}</Text> : null}
      <List>
        {mode === undefined ? null : <List.Item>{says.fromTo(says.mode, says.modes[settings.mode], says.modes[mode])}</List.Item>}
        {dynamicFlow === undefined ? null : <List.Item>{says.fromTo(says.dynamicFlow, flow(settings.dynamicFlow), flow(dynamicFlow))}</List.Item>}
      </List>
    </CommandDialog>
  );
}

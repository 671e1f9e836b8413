import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useText } from '../../text/text';
import { setSwitchesDocument, type Settings } from './settings';

const MODES = ['DUAL', 'DEFINITIONS_FIRST', 'DEFINITIONS_ONLY'] as const;

export function Switches({ settings }: { settings: Settings }) {
  const { settings: says } = useText();
  const [mode, setMode] = useState(settings.mode);
  const [dynamicFlow, setDynamicFlow] = useState(settings.dynamicFlow);
  const [asking, setAsking] = useState(false);
  const command = useCommand({
    document: setSwitchesDocument,
    payloadOf: (result) => result.setSwitches,
    said: () => says.changed,
  });
  const changed = mode !== settings.mode || dynamicFlow !== settings.dynamicFlow;
  const submit = async (reason: string | null) => {
    const input = { mode, dynamicFlow, expectedRevision: settings.revision, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) setAsking(false);
  };
  const flow = dynamicFlow ? says.dynamicOn : says.dynamicOff;
  return (
    <Stack gap="md" align="flex-start">
      <Radio.Group
        label={says.mode}
        value={mode}
        onChange={(value) => {
          const chosen = MODES.find((one) => one === value);
          if (chosen !== undefined) setMode(chosen);
        }}
      >
        <Stack gap="xs" mt="xs">
          {MODES.map((one) => (
            <Radio key={one} value={one} label={says.modes[one]} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group label={says.dynamicFlow} value={dynamicFlow ? 'on' : 'off'} onChange={(value) => setDynamicFlow(value === 'on')}>
        <Stack gap="xs" mt="xs">
          <Radio value="on" label={says.dynamicOn} />
          <Radio value="off" label={says.dynamicOff} />
        </Stack>
      </Radio.Group>
      <ActionButton permission="settings:switch" disabled={!changed} onClick={() => setAsking(true)}>
        {says.change}
      </ActionButton>
      {asking ? (
        <CommandDialog {...command} title={says.changeTitle} submit={says.change} reason="required" onSubmit={(reason) => void submit(reason)} onClose={() => setAsking(false)}>
          <Text>{says.modes[mode]}</Text>
          <Text>
            {says.dynamicFlow}: {flow}
          </Text>
        </CommandDialog>
      ) : null}
    </Stack>
  );
}

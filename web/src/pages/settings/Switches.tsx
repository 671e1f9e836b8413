import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { useText } from '../../text/text';
import type { Settings } from './settings';
import { changesOf, type Wanted } from './switch-changes';
import { SwitchDialog } from './SwitchDialog';

const MODES = ['DUAL', 'DEFINITIONS_FIRST', 'DEFINITIONS_ONLY'] as const;

/** What somebody chose lies on what is in force, whoever changes that meanwhile. */
export function Switches({ settings }: { settings: Settings }) {
  const { settings: says } = useText();
  const [wanted, setWanted] = useState<Wanted>({});
  const [asking, setAsking] = useState(false);
  const choose = (choice: Wanted) => setWanted((before) => ({ ...before, ...choice }));
  const { mode, dynamicFlow } = { ...settings, ...wanted };
  const changes = changesOf(settings, wanted);
  return (
    <Stack gap="md" align="flex-start">
      <Radio.Group
        label={says.mode}
        value={mode}
        onChange={(value) => {
          const chosen = MODES.find((one) => one === value);
          if (chosen !== undefined) choose({ mode: chosen });
        }}
      >
        <Stack gap="xs" mt="xs">
          {MODES.map((one) => (
            <Radio key={one} value={one} label={says.modes[one]} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group label={says.dynamicFlow} value={dynamicFlow ? 'on' : 'off'} onChange={(value) => choose({ dynamicFlow: value === 'on' })}>
        <Stack gap="xs" mt="xs">
          <Radio value="on" label={says.dynamicOn} />
          <Radio value="off" label={says.dynamicOff} />
        </Stack>
      </Radio.Group>
      <ActionButton permission="settings:switch" disabled={Object.keys(changes).length === 0} onClick={() => setAsking(true)}>
        {says.change}
      </ActionButton>
      {asking ? <SwitchDialog settings={settings} changes={changes} onDone={() => setWanted({})} onClose={() => setAsking(false)} /> : null}
    </Stack>
  );
}

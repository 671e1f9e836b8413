/** What becomes of orders and of what is held. */
import { Radio, Stack } from '@mantine/core';
import { useText } from '../text/text';
import { STOP_MODES, type StopMode } from './stop-mode';

interface StopModeChoiceProps {
  /** How many are stopped: one is spoken of otherwise than several. */
  count: number;
  value: StopMode;
  onChange: (mode: StopMode) => void;
}

export function StopModeChoice({ count, value, onChange }: StopModeChoiceProps) {
  const { stopping: says } = useText();
  return (
    <Radio.Group
      label={says.choose(count)}
      value={value}
      onChange={(next) => {
        const chosen = STOP_MODES.find((mode) => mode === next);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <Stack gap="xs" mt="xs">
        {STOP_MODES.map((mode) => (
          <Radio key={mode} value={mode} label={says.modes[mode](count)} description={says.about[mode]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

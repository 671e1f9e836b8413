/** How things look: loaded when somebody asks for it. */
import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useId } from 'react';
import { usePreferences, type Density } from '../preferences/preferences';
import type { Language } from '../text/frame-text';
import { useText } from '../text/text';
import type { TimeMode } from '../time/format';

export default function DisplayChoices() {
  const text = useText();
  const { preferences, prefer } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const says = text.display;
  return (
    <Stack gap="sm">
      <Choice
        name={says.theme}
        value={colorScheme}
        choices={[['light', says.light], ['dark', says.dark], ['auto', says.auto]]}
        onChange={(theme) => setColorScheme(theme as 'light' | 'dark' | 'auto')}
      />
      <Choice
        name={says.times}
        value={preferences.times}
        choices={[['utc', says.utc], ['local', says.local], ['relative', says.relative]]}
        onChange={(times) => prefer({ times: times as TimeMode })}
      />
      <Choice
        name={says.density}
        value={preferences.density}
        choices={[['comfortable', says.comfortable], ['compact', says.compact]]}
        onChange={(density) => prefer({ density: density as Density })}
      />
      <Choice
        name={says.language}
        value={preferences.language}
        choices={[['en', 'English'], ['zh', '中文']]}
        onChange={(language) => prefer({ language: language as Language })}
      />
    </Stack>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  choices: [string, string][];
  onChange: (value: string) => void;
}

function Choice({ name, value, choices, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <Text size="sm" fw={600} id={id} mb={4}>
        {name}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={id}
        value={value}
        data={choices.map(([choice, label]) => ({ value: choice, label }))}
        onChange={onChange}
      />
    </div>
  );
}

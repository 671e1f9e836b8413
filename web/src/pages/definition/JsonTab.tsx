import { Stack, Text } from '@mantine/core';
import { JsonEditor } from '../../json-editor/JsonEditor';
import { toJsonText } from '../../json/json-text';
import type { JsonValue } from '../../json/value';

export function JsonTab({ value, label, about }: { value: JsonValue; label: string; about: string }) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      <JsonEditor value={toJsonText(value, 2)} label={label} readOnly />
    </Stack>
  );
}

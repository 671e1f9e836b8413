/** Why a button does nothing yet, beside it, where everybody finds it: a title is neither for keyboards nor for fingers. */
import { Text } from '@mantine/core';

export function Blocked({ why }: { why: string | undefined }) {
  if (why === undefined) return null;
  return (
    <Text size="sm" c="dimmed" role="note">
      {why}
    </Text>
  );
}

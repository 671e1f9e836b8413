/** Why nothing can change while it runs, and what can be done instead. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { LinkButton } from '../../../routing/links';
import { useText } from '../../../text/text';
import type { Instance } from '../instance';

interface NothingMayChangeProps {
  instance: Instance;
  why: string;
  onOtherVersion: () => void;
}

export function NothingMayChange({ instance, why, onOtherVersion }: NothingMayChangeProps) {
  const { instance: says } = useText();
  return (
    <Stack gap="md">
      <Text>{why}</Text>
      {instance.definition === null ? null : (
        <Group>
          <Button onClick={onOtherVersion}>{says.restartOther}</Button>
          <LinkButton to="/instances/new" search={{ again: instance.key }} variant="default">
            {says.editAndStart}
          </LinkButton>
        </Group>
      )}
    </Stack>
  );
}

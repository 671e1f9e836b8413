/** The run ended while its changes were being typed: they are not lost, but another run takes them up. */
import { Alert, Stack, Text } from '@mantine/core';
import { toJsonText } from '../../../json/json-text';
import type { JsonObject } from '../../../json/value';
import { LinkButton } from '../../../routing/links';
import { useText } from '../../../text/text';

export function RunEnded({ instanceKey, changes }: { instanceKey: string; changes: JsonObject }) {
  const { reconfigure: says } = useText();
  return (
    <Alert color="warn" variant="outline" role="alert" title={says.ended}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{says.endedAbout}</Text>
        <LinkButton to="/instances/new" search={{ again: instanceKey, config: toJsonText(changes) }} variant="default" size="compact-sm">
          {says.startWithChanges}
        </LinkButton>
      </Stack>
    </Alert>
  );
}

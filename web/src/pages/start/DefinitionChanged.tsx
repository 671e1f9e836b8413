/** What a start would run is no longer what the form shows. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import type { LifecycleEvent } from '../../live/lifecycle';
import { useText } from '../../text/text';

export function DefinitionChanged({ event, onLatest }: { event: LifecycleEvent; onLatest: () => void }) {
  const { start: says, said } = useText();
  return (
    <Alert color="warn" variant="outline" role="alert" title={says.definitionChanged}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{says.definitionChangedBy(event.actor, said(event.summary, event.phrase))}</Text>
        <Button variant="default" size="compact-sm" onClick={onLatest}>
          {says.goOnWithLatest}
        </Button>
      </Stack>
    </Alert>
  );
}

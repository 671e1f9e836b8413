/** Asks before what was typed is lost, whether a link is followed or the page is closed. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useText } from '../text/text';

/** `isDirty` is asked at the moment somebody leaves. */
export function LeaveUnsaved({ isDirty }: { isDirty: () => boolean }) {
  const { app, leave: says } = useText();
  const blocker = useBlocker({
    shouldBlockFn: isDirty,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title={says.title} closeButtonProps={{ 'aria-label': app.close }}>
      <Stack gap="md">
        <Text>{says.about}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={blocker.reset}>
            {says.stay}
          </Button>
          <Button color="red.9" onClick={blocker.proceed}>
            {says.go}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

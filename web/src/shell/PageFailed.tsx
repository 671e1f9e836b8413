import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useFrameText } from '../text/frame-text';

/** A page that could not be loaded or drawn; a reload also gets the newest version of the pages. */
export function PageFailed({ error }: ErrorComponentProps) {
  const text = useFrameText();
  return (
    <Alert color="red" variant="outline" role="alert" title={text.load.failed} m="md">
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        <Button variant="default" onClick={() => location.reload()}>
          {text.load.retry}
        </Button>
      </Stack>
    </Alert>
  );
}

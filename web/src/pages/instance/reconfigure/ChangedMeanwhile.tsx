/** Somebody was faster: with what, and how one's own changes go on from there. */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { DifferenceList } from '../../../diff/DifferenceList';
import type { Difference } from '../../../diff/structure';
import { useText } from '../../../text/text';

interface ChangedMeanwhileProps {
  /** What runs now against what the form began with; empty where only something else happened, or it is not known yet. */
  theirs: readonly Difference[];
  onLatest: () => void;
}

export function ChangedMeanwhile({ theirs, onLatest }: ChangedMeanwhileProps) {
  const text = useText();
  const says = text.reconfigure;
  return (
    <Alert color="warn" variant="outline" title={says.meanwhile}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{says.meanwhileAbout}</Text>
        {theirs.length === 0 ? null : <DifferenceList of={theirs} />}
        <Button variant="default" size="compact-sm" onClick={onLatest}>
          {text.command.keepMine}
        </Button>
      </Stack>
    </Alert>
  );
}

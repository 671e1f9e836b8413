/** Somebody changed the draft after it was looked at: with what, and the way to look again. */
import { Alert, Button, List, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { changeSentences } from '../../diff/sentences';
import { laterOf } from '../../live/position';
import { useText } from '../../text/text';
import { definitionDocument, type Definition } from './definition';

interface DraftChangedProps {
  /** What was looked at. */
  seen: Definition;
  /** As the page knows it: behind where live updates are off. */
  known: Definition;
  /** Where the change is, for whom it was refused. */
  at: string | undefined;
  onLatest: (latest: Definition) => void;
}

export function DraftChanged({ seen, known, at, onLatest }: DraftChangedProps) {
  const text = useText();
  const says = text.publish;
  const [{ data }] = useQuery({
    query: definitionDocument,
    variables: { key: seen.key, asOf: null, minPosition: laterOf(at, known.lastPosition) ?? null },
    requestPolicy: 'network-only',
  });
  const latest = data?.definition ?? undefined;
  if (latest === undefined || latest.revision === seen.revision) return <Skeleton height={80} />;
  const changes = changeSentences(seen, latest, text);
  return (
    <Alert color="warn" variant="outline" role="alert" title={says.changedMeanwhile}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{says.changedMeanwhileAbout}</Text>
        {changes.length === 0 ? (
          <Text size="sm">{says.changedNoContent}</Text>
        ) : (
          <List size="sm">
            {changes.map((change) => (
              <List.Item key={change}>{change}</List.Item>
            ))}
          </List>
        )}
        <Button variant="default" size="compact-sm" onClick={() => onLatest(latest)}>
          {says.lookAgain}
        </Button>
      </Stack>
    </Alert>
  );
}

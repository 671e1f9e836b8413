/** What an earlier run's trades came to. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { Loaded } from '../../page/Loaded';
import { useText } from '../../text/text';
import { runResultDocument } from './instance';
import { RunPositions } from './RunPositions';

export function RunResult({ instanceKey, run, onClose }: { instanceKey: string; run: number; onClose: () => void }) {
  const text = useText();
  const says = text.instance;
  const [{ data, fetching, error }, ask] = useQuery({ query: runResultDocument, variables: { key: instanceKey, run } });
  return (
    <Stack component="section" gap="sm" aria-label={says.resultOf(run)}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {says.resultOf(run)}
        </Title>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          {text.app.close}
        </Button>
      </Group>
      <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ execution }) => {
          if (execution === null) return <Text>{says.noExecution}</Text>;
          return execution.positions.length === 0 ? <Text>{says.noFills}</Text> : <RunPositions positions={execution.positions} />;
        }}
      </Loaded>
    </Stack>
  );
}

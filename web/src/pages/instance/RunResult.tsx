/** What one run's trades came to, and those of all runs together. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useKeptQuery } from '../../live/use-kept-query';
import { Loaded } from '../../page/Loaded';
import { useText } from '../../text/text';
import { asOfPosition } from '../../travel/as-of';
import { runResultDocument, type MarketPosition } from './instance';
import { RunPositions } from './RunPositions';

interface RunResultProps {
  instanceKey: string;
  run: number;
  /** The moment it is shown as of; null is now. */
  asOf: string | null;
  /** There are others to count it together with. */
  hasOthers: boolean;
  /** Changes whenever something happened, in whichever run. */
  pulse: string;
  onClose: () => void;
}

export function RunResult({ instanceKey, run, asOf, hasOthers, pulse, onClose }: RunResultProps) {
  const text = useText();
  const says = text.instance;
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: runResultDocument,
    variables: { key: instanceKey, run, asOf: asOfPosition(asOf) },
  });
  const again = () => ask({ requestPolicy: 'network-only' });
  useEffect(() => {
    if (pulse !== '') again();
  }, [pulse]);
  return (
    <Loaded data={data} fetching={fetching} error={error} retry={again}>
      {({ execution, instance }) => (
        <>
          <Result title={says.resultOf(run)} positions={execution?.positions} onClose={onClose} />
          {hasOthers ? <Result title={says.resultOfAll} positions={instance?.positions} /> : null}
        </>
      )}
    </Loaded>
  );
}

interface ResultProps {
  title: string;
  /** Nothing where no executor took the run up. */
  positions: readonly MarketPosition[] | undefined;
  onClose?: () => void;
}

function Result({ title, positions, onClose }: ResultProps) {
  const text = useText();
  const says = text.instance;
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {title}
        </Title>
        {onClose === undefined ? null : (
          <Button variant="default" size="compact-sm" onClick={onClose}>
            {text.app.close}
          </Button>
        )}
      </Group>
      {positions === undefined || positions.length === 0 ? (
        <Text>{positions === undefined ? says.noExecution : says.noTrades}</Text>
      ) : (
        <RunPositions positions={positions} />
      )}
    </Stack>
  );
}

/** How far a backtest is, and then what it found. */
import { Alert, Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { Refusals } from '../../command/Refusals';
import { useText } from '../../text/text';
import type { Backtest } from './backtest';
import { Report } from './Report';
import type { useBacktest } from './use-backtest';

export function BacktestResult({ backtest, isGone, goesOn, failure, cancelling, cancel }: ReturnType<typeof useBacktest>) {
  const { backtest: says } = useText();
  return (
    <Stack component="section" gap="md" aria-label={says.result}>
      {isGone ? <Alert color="warn" variant="outline">{says.gone}</Alert> : null}
      <Refusals errors={[]} failure={failure} />
      {backtest === undefined ? null : (
        <>
          {goesOn ? <Running backtest={backtest} cancelling={cancelling} onCancel={() => void cancel()} /> : null}
          <div role="status">{goesOn ? null : <Ended backtest={backtest} />}</div>
          {backtest.report === null ? null : <Report backtest={backtest} report={backtest.report} />}
        </>
      )}
    </Stack>
  );
}

interface RunningProps {
  backtest: Backtest;
  cancelling: boolean;
  onCancel: () => void;
}

function Running({ backtest: { state, progress }, cancelling, onCancel }: RunningProps) {
  const { backtest: says } = useText();
  const percent = Math.floor(Number(progress ?? 0) * 100);
  return (
    <Stack className="card" gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {says.running}
        </Title>
        <Button variant="default" size="sm" loading={cancelling} onClick={onCancel}>
          {says.cancel}
        </Button>
      </Group>
      <Progress value={percent} size="lg" aria-label={says.progress} />
      <Text size="sm" className="numeric">
        {state === 'QUEUED' ? says.queued : says.percent(percent)}
      </Text>
    </Stack>
  );
}

function Ended({ backtest: { state, failure } }: { backtest: Backtest }) {
  const { backtest: says } = useText();
  if (state === 'FAILED') {
    return (
      <Alert color="red" variant="outline" title={says.failed}>
        {failure}
      </Alert>
    );
  }
  return state === 'CANCELLED' ? <Alert color="gray" variant="outline">{says.cancelled}</Alert> : null;
}

/** Looking first, then running, then a report of what was done. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useKeptQuery } from '../../live/use-kept-query';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { planDocument, runBackfillDocument, type Report } from './backfill';
import { ReportTable } from './ReportTable';

export function BackfillPage() {
  const text = useText();
  const says = text.backfill;
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: planDocument, requestPolicy: 'network-only' });
  const [report, setReport] = useState<Report | undefined>();
  const [asking, setAsking] = useState(false);
  const again = () => ask({ requestPolicy: 'network-only' });
  const command = useCommand({
    document: runBackfillDocument,
    payloadOf: (result) => result.runBackfill,
    said: () => says.done,
  });
  const run = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { idempotencyKey, reason } }));
    if (done === undefined) return;
    setReport(done.report ?? undefined);
    setAsking(false);
    again();
  };
  return (
    <Page title={says.title}>
      <Text c="dimmed">{says.about}</Text>
      {report === undefined ? null : (
        <Stack component="section" gap="sm" aria-live="polite">
          <Title order={2} size="h4">
            {says.report}
          </Title>
          <ReportTable report={report} updated={says.updated} skipped={says.skipped} />
        </Stack>
      )}
      <Loaded data={data} fetching={fetching} error={error} retry={again}>
        {({ backfillPlan: plan }) => (
          <Stack component="section" gap="sm">
            <Title order={2} size="h4">
              {says.plan}
            </Title>
            {plan.updated + plan.skipped === 0 ? (
              <Empty title={says.nothing} />
            ) : (
              <>
                {plan.updated === 0 ? <Alert variant="outline">{says.nothingLeft}</Alert> : null}
                <ReportTable report={plan} updated={says.updates} skipped={says.skips} />
              </>
            )}
            <Group>
              <Button variant="default" onClick={again} loading={fetching}>
                {says.refresh}
              </Button>
              <ActionButton permission="backfill:run" disabled={plan.updated === 0} onClick={() => setAsking(true)}>
                {says.run}
              </ActionButton>
            </Group>
            {asking ? (
              <CommandDialog {...command} title={says.runTitle} submit={says.run} reason="optional" onSubmit={(reason) => void run(reason)} onClose={() => setAsking(false)}>
                <Text>{says.runAbout(plan.updated)}</Text>
              </CommandDialog>
            ) : null}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

/** What a backtest found: the figures first, then how it came to them. */
import { Alert, Anchor, Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { ConfigFields } from '../../page/ConfigFields';
import { useText } from '../../text/text';
import type { Backtest, BacktestReport } from './backtest';
import { ReportCharts } from './ReportCharts';
import { ReportFigures } from './ReportFigures';
import { Simulated } from './Simulated';
import { TradeTable } from './TradeTable';

interface ReportProps {
  backtest: Backtest;
  report: BacktestReport;
}

const moment = (at: string) => `${at.slice(0, 19).replace('T', ' ')} UTC`;

export function Report({ backtest, report }: ReportProps) {
  const text = useText();
  const says = text.backtest;
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <Title order={2} size="h3">
          {says.result}
        </Title>
        <Badge tt="none">{backtest.editedSincePublish ? says.draft(backtest.version) : backtest.version}</Badge>
        <Text size="sm" c="dimmed">
          {backtest.data === 'RECORDED' ? says.recordedData : says.generated}, {moment(report.from)} – {moment(report.until)}
        </Text>
      </Group>
      <Simulated />
      {report.endedEarly === null ? null : (
        <Alert color="warn" variant="outline">
          {says.endedEarly(report.endedEarly)}
        </Alert>
      )}
      <ReportFigures report={report} />
      <ReportCharts report={report} />
      <Skipped skipped={report.skipped} />
      <TradeTable report={report} />
      <details className="card">
        <summary>{says.whatRan}</summary>
        <ConfigFields fields={backtest.configFields} />
      </details>
      <Text size="sm" c="dimmed">
        {says.limits}
      </Text>
      {backtest.reportPath === null ? null : (
        <Anchor href={backtest.reportPath} download>
          {says.save}
        </Anchor>
      )}
    </Stack>
  );
}

function Skipped({ skipped }: { skipped: BacktestReport['skipped'] }) {
  const { backtest: says, ownReason } = useText();
  return (
    <section className="card">
      <Title order={3} size="h5" mb="xs" id="backtest-skipped">
        {says.skipped}
      </Title>
      {skipped.length === 0 ? (
        <Text size="sm">{says.nothingSkipped}</Text>
      ) : (
        <Table aria-labelledby="backtest-skipped">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{says.reason}</Table.Th>
              <Table.Th ta="end">{says.times}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {skipped.map(({ reason, count }) => (
              <Table.Tr key={reason}>
                <Table.Td>{ownReason(reason)}</Table.Td>
                <Table.Td ta="end" className="numeric">{count}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

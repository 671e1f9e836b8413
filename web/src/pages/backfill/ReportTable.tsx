import { Group, Text } from '@mantine/core';
import { PageLink } from '../../routing/links';
import { DataTable } from '../../table/DataTable';
import { useText } from '../../text/text';
import type { Report } from './backfill';

interface ReportTableProps {
  report: Report;
  updated: string;
  skipped: string;
}

export function ReportTable({ report, updated, skipped }: ReportTableProps) {
  const { backfill: says } = useText();
  const cut = report.entries.length < report.updated + report.skipped;
  return (
    <>
      <Group gap="xl">
        <Text>
          {updated}: <b className="numeric" data-updated>{report.updated}</b>
        </Text>
        <Text>
          {skipped}: <b className="numeric" data-skipped>{report.skipped}</b>
        </Text>
        {cut ? <Text c="dimmed">{says.first(report.entries.length)}</Text> : null}
      </Group>
      {report.entries.length === 0 ? null : (
        <DataTable
          name={says.report}
          rows={report.entries}
          keyOf={(entry) => entry.instanceKey}
          columns={[
            {
              id: 'instance', header: says.instance, width: 'minmax(220px, 2fr)',
              cell: (entry) => (
                <PageLink to="/instances/$key" params={{ key: entry.instanceKey }}>
                  {entry.instanceKey}
                </PageLink>
              ),
            },
            {
              id: 'outcome', header: says.outcome, width: 'minmax(80px, 0.6fr)',
              cell: (entry) => (
                <span className={`state state-${entry.outcome === 'LINKED' ? 'good' : 'warn'}`}>{says.outcomes[entry.outcome]}</span>
              ),
            },
            {
              id: 'definition', header: says.definition, width: 'minmax(180px, 1.5fr)',
              cell: (entry) =>
                entry.definitionKey === null ? (
                  '–'
                ) : (
                  <PageLink to="/definitions/$key" params={{ key: entry.definitionKey }}>
                    {entry.definitionKey}@{entry.definitionVersion}
                  </PageLink>
                ),
            },
            { id: 'why', header: says.why, width: 'minmax(200px, 2fr)', cell: (entry) => <Why entry={entry} /> },
          ]}
        />
      )}
    </>
  );
}

function Why({ entry: { reason, reasonPhrase } }: { entry: Report['entries'][number] }) {
  const text = useText();
  if (reason === null) return <>–</>;
  const said = text.said(reason, reasonPhrase);
  return <span title={said}>{said}</span>;
}

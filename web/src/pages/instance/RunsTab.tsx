import { Button, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { Loaded } from '../../page/Loaded';
import { PageLink } from '../../routing/links';
import type { Column } from '../../table/columns';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { Lasting, Moment } from '../../time/Moment';
import { asOfPosition } from '../../travel/as-of';
import { runsDocument, type Instance, type RunRow } from './instance';
import { RunChanges } from './RunChanges';
import { RunResult } from './RunResult';

interface RunsTabProps {
  instance: Instance;
  past: boolean;
  /** Changes whenever something happened. */
  pulse: string;
}

export function RunsTab({ instance, past, pulse }: RunsTabProps) {
  const text = useText();
  const says = text.instance;
  const navigate = useNavigate();
  const [result, setResult] = useState<number | undefined>();
  const { connection, fetching, error, more, reload } = usePages({
    document: runsDocument,
    variables: { key: instance.key, asOf: asOfPosition(instance.asOf), minPosition: past ? null : instance.lastPosition, first: 100 },
    read: (result) => result.instance?.runs,
  });
  // What is looked for first, and what can be done, before what has to be scrolled to
  const columns: Column<RunRow>[] = [
    {
      id: 'number', header: says.runs.number, width: 'minmax(50px, 0.3fr)', numeric: true,
      cell: (run) => (
        <PageLink
          to="/instances/$key"
          params={{ key: instance.key }}
          search={(before) => ({ ...before, tab: 'chart' as const, run: run.number === instance.run ? undefined : run.number })}
          aria-label={says.openRun(run.number)}
        >
          {run.number}
        </PageLink>
      ),
    },
    { id: 'version', header: says.runs.version, width: 'minmax(80px, 0.6fr)', cell: (run) => run.definitionVersion ?? '–' },
    { id: 'started', header: says.runs.started, width: 'minmax(196px, 1fr)', cell: (run) => <Moment at={run.startedAt} /> },
    { id: 'end', header: says.runs.end, width: 'minmax(104px, 0.5fr)', cell: (run) => (run.end === null ? says.stillRunning : says.end[run.end]) },
    {
      id: 'result', header: says.runs.result, width: 'minmax(76px, 0.5fr)',
      cell: (run) => (
        <Button size="compact-sm" variant="default" onClick={() => setResult(run.number)} aria-label={says.showResultOf(run.number)}>
          {says.showResult}
        </Button>
      ),
    },
    {
      id: 'again', header: text.table.actions, width: 'minmax(172px, 0.8fr)',
      cell: (run) =>
        run.definitionKey === null ? null : (
          <ActionButton
            permission="instances:start" past={past} size="compact-sm" variant="default"
            onClick={() => void navigate({ to: '/instances/new', search: { again: instance.key, run: String(run.number) } })}
          >
            {says.startConfig}
          </ActionButton>
        ),
    },
    { id: 'lasted', header: says.runs.lasted, width: 'minmax(90px, 0.5fr)', cell: (run) => <Lasting from={run.startedAt} to={run.endedAt} /> },
    { id: 'changes', header: says.runs.changes, width: 'minmax(70px, 0.4fr)', numeric: true, cell: (run) => run.configChanges.length },
    { id: 'reason', header: says.runs.reason, width: 'minmax(160px, 1.5fr)', cell: (run) => run.endReason ?? run.startReason ?? '–' },
    { id: 'by', header: says.runs.by, width: 'minmax(100px, 0.6fr)', cell: (run) => run.startedBy },
    { id: 'ended', header: says.runs.ended, width: 'minmax(196px, 1fr)', cell: (run) => (run.endedAt === null ? '–' : <Moment at={run.endedAt} />) },
  ];
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ nodes, totalCount, pageInfo }) => (
        <Stack gap="sm">
          <DataTable name={says.tabs.runs} columns={columns} rows={nodes} total={totalCount} keyOf={(run) => String(run.number)} />
          {pageInfo.hasNextPage ? (
            <Button variant="default" onClick={more} loading={fetching}>
              {text.app.more}
            </Button>
          ) : null}
          {result === undefined ? null : (
            <RunResult
              key={result} instanceKey={instance.key} run={result} asOf={instance.asOf} hasOthers={totalCount > 1} pulse={pulse}
              onClose={() => setResult(undefined)}
            />
          )}
          {nodes.map((run) => (
            <RunChanges key={run.number} instanceKey={instance.key} run={run} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

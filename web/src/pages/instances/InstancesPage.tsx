import { Button, Group, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { useFeed, useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { NothingFound } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { StaleNotice } from '../../page/StaleNotice';
import { DataTable } from '../../table/DataTable';
import { useSelection } from '../../table/use-selection';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { useSoon } from '../../time/soon';
import { useInstanceColumns } from './columns';
import { filterOf, isFiltered } from './filter';
import { InstanceFilters } from './InstanceFilters';
import { instanceChangesDocument, instancesDocument, type InstanceRow } from './instances';
import { NO_CHANGES, shownRows, withChange } from './live-rows';
import { SavedViews } from './SavedViews';
import { StateCounts } from './StateCounts';
import { StopManyDialog } from './StopManyDialog';

/** The server takes a message of 256 kB: whoever shows more rows than this follows all there are. */
const MOST_NAMED = 2_000;
/** How soon a page of 200 rows that changed is counted anew; longer lists wait longer. */
const RECOUNT_MS = 1_500;

const ALL = 'all';
const keyOf = (row: InstanceRow) => row.key;

export function InstancesPage() {
  const text = useText();
  const says = text.instances;
  const search = useSearch({ from: '/inside/instances' });
  const navigate = useNavigate({ from: '/instances' });
  const { minPosition } = useOwnWrites();
  const filter = filterOf(search);
  const { connection, fetching, error, more, reload } = usePages({
    document: instancesDocument,
    variables: {
      filter,
      orderBy: { field: search.sort ?? 'UPDATED_AT', direction: (search.desc ?? search.sort === undefined) ? 'DESC' : 'ASC' },
      minPosition,
      first: 200,
    },
    read: (result) => ({ ...result.instances, readAt: result.readPosition.position }),
  });
  const [live, setLive] = useState(NO_CHANGES);
  const rows = connection?.nodes ?? [];
  // What was loaded anew already holds what came in before
  useEffect(() => setLive(NO_CHANGES), [connection?.readAt]);
  const followed = rows.length > MOST_NAMED ? null : rows.map(({ key }) => key);
  useFeed({
    // What changed between the reading of the list and the first live row is not missed
    key: connection === undefined || rows.length === 0 ? undefined : (followed?.join('\n') ?? ALL),
    after: connection?.readAt,
    document: instanceChangesDocument,
    variables: (after) => ({ after: after ?? null, keys: followed }),
    read: (result) => result.instanceChanges,
    positionOf: (change) => change.position,
    onValue: (change) => setLive((before) => withChange(before, change.instance)),
  });
  // Totals and counts move with every change; the server counts them, at a measured pace
  const recount = useSoon(reload, RECOUNT_MS * Math.max(1, rows.length / 400));
  useEffect(() => {
    if (live !== NO_CHANGES) recount();
  }, [live, recount]);
  useLifecycle((event) => {
    if (event.streamType === 'strategy_instance') recount();
  });

  const set = (change: Partial<typeof search>) => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  const shown = shownRows(rows, live);
  const selection = useSelection(shown, keyOf);
  const instanceColumns = useInstanceColumns();
  const columns = useMemo(() => [selection.column, ...instanceColumns], [selection.column, instanceColumns]);
  const [stopping, setStopping] = useState(false);
  const running = selection.selected.filter(({ status }) => status === 'RUNNING');
  return (
    <Page
      title={says.title}
      actions={
        <>
          {running.length === 0 ? null : (
            <ActionButton permission="instances:stop" variant="default" onClick={() => setStopping(true)}>
              {says.stopSelected(running.length)}
            </ActionButton>
          )}
          <ActionButton permission="instances:start" onClick={() => void navigate({ to: '/instances/new' })}>
            {says.start}
          </ActionButton>
        </>
      }
    >
      <InstanceFilters search={search} onChange={set} />
      <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
        {({ totalCount, counts, pageInfo, stale }) => (
          <>
            <Group justify="space-between">
              <StateCounts counts={counts} chosen={search.status} onChoose={(status) => set({ status })} />
              <SavedViews search={search} />
            </Group>
            <StaleNotice stale={stale} />
            {shown.length === 0 ? (
              <NothingFound
                stale={stale}
                filtered={isFiltered(search)}
                none={{ title: says.none, about: says.noneAbout }}
                empty={{ title: says.empty, about: says.emptyAbout, clear: says.clear }}
                onClear={() => void navigate({ search: {} })}
              />
            ) : (
              <DataTable<InstanceRow>
                name={says.title}
                columns={columns}
                rows={shown}
                total={totalCount}
                keyOf={(row) => row.id}
                changeOf={(row) => live.get(row.id)?.lastPosition}
                sorting={{ field: search.sort ?? 'UPDATED_AT', descending: search.desc ?? search.sort === undefined }}
                onSort={({ field, descending }) =>
                  set({ sort: field as NonNullable<typeof search.sort>, desc: descending || undefined })
                }
              />
            )}
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {text.table.rows(shown.length, totalCount)}
              </Text>
              {pageInfo.hasNextPage ? (
                <Button variant="default" onClick={more} loading={fetching}>
                  {text.app.more}
                </Button>
              ) : null}
            </Group>
          </>
        )}
      </Loaded>
      {stopping ? <StopManyDialog rows={running} onClose={() => setStopping(false)} onDone={selection.clear} /> : null}
    </Page>
  );
}

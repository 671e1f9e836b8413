import { Button, Group, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useFeed } from '../../live/live';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { useEventColumns } from './columns';
import { EventDetailsCard } from './EventDetailsCard';
import { EventFilters } from './EventFilters';
import { eventFilterOf, eventsDocument, liveEventsDocument } from './events';
import { ExportButton } from './ExportButton';

export function EventsPage() {
  const text = useText();
  const says = text.events;
  const search = useSearch({ from: '/inside/events' });
  const navigate = useNavigate({ from: '/events' });
  const filter = eventFilterOf(search);
  const oldest = search.oldest ?? false;
  const { connection, fetching, error, more, reload } = usePages({
    document: eventsDocument,
    variables: { filter, order: oldest ? 'OLDEST_FIRST' : 'NEWEST_FIRST', first: 100 },
    read: (result) => result.events,
  });
  const [newer, setNewer] = useState(0);
  const head = connection?.head;
  // Older rows that were added below change nothing about the newer ones
  useEffect(() => setNewer(0), [head]);
  useFeed({
    // Rows that move while somebody reads them would be worse than a button that says how many there are
    key: head === undefined ? undefined : JSON.stringify(filter),
    after: head,
    document: liveEventsDocument,
    variables: (after) => ({ after: after ?? null, filter }),
    read: (result) => result.events,
    positionOf: (event) => event.position,
    onValue: () => setNewer((count) => count + 1),
  });
  const set = (change: { [K in keyof typeof search]?: (typeof search)[K] | undefined }) => {
    void navigate({ search: (before) => ({ ...before, ...change }) as typeof search });
  };
  // A page whose address has an event open begins at its top, like any other
  const asked = useRef(false);
  const columns = useEventColumns((position) => {
    asked.current = true;
    set({ open: position });
  });
  const close = (position: string) => {
    document.querySelector<HTMLElement>(`[data-event="${position}"]`)?.focus();
    set({ open: undefined });
  };
  return (
    <Page title={says.title} actions={<ExportButton filter={filter} />}>
      <EventFilters key={JSON.stringify({ ...search, open: undefined })} search={search} onApply={set} />
      {search.open === undefined ? null : (
        <EventDetailsCard key={search.open} position={search.open} takesFocus={asked.current} onClose={close} />
      )}
      {newer > 0 ? (
        <Button variant="default" onClick={reload}>
          {says.newer(newer)}
        </Button>
      ) : null}
      <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
        {({ nodes, totalCount, pageInfo }) => (
          <>
            {nodes.length === 0 ? (
              <Empty title={says.empty} about={says.emptyAbout}>
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {says.clear}
                </Button>
              </Empty>
            ) : (
              <DataTable name={says.title} columns={columns} rows={nodes} total={totalCount ?? undefined} keyOf={(row) => row.id} />
            )}
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {totalCount === null ? text.table.rowsOf(nodes.length) : text.table.rows(nodes.length, totalCount)}
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
    </Page>
  );
}

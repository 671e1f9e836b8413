/** The events of one stream, newest first, as they come in. */
import { Button, Stack, Text } from '@mantine/core';
import { graphql } from '../graphql/graphql';
import { useLifecycle } from '../live/live';
import { reached } from '../live/position';
import { Loaded } from '../page/Loaded';
import { PageLink } from '../routing/links';
import { usePages } from '../table/use-pages';
import { useText } from '../text/text';
import { useSoon } from '../time/soon';
import { eventRowFragment, type EventRow } from './event';
import { EventList } from './EventList';
import type { StreamType } from './stream-types';

const historyDocument = graphql(
  `
    query StreamHistory($filter: EventFilter, $first: Int, $after: String) {
      events(filter: $filter, order: NEWEST_FIRST, first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...EventRow
        }
      }
    }
  `,
  [eventRowFragment],
);

interface StreamHistoryProps {
  streamType: StreamType;
  streamId: string;
  /** The position whose past is shown; null for now. */
  asOf: string | null;
}

export function StreamHistory({ streamType, streamId, asOf }: StreamHistoryProps) {
  const text = useText();
  const { connection, fetching, error, more, reload } = usePages({
    document: historyDocument,
    variables: { filter: { streamType: [streamType], streamId }, first: 50 },
    read: (result) => result.events,
  });
  const soon = useSoon(reload, 100);
  useLifecycle((event) => {
    if (event.streamId === streamId) soon();
  });
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ nodes, pageInfo }) => (
        <Stack className="card" align="flex-start">
          <PageLink to="/events" search={{ streamType, stream: streamId }} size="sm">
            {text.events.ofStream}
          </PageLink>
          <EventsUntil events={nodes} asOf={asOf} />
          {pageInfo.hasNextPage ? (
            <Button variant="default" onClick={more} loading={fetching}>
              {text.app.more}
            </Button>
          ) : null}
        </Stack>
      )}
    </Loaded>
  );
}

/** In the past nothing that came after it, and a word on how much that is. */
function EventsUntil({ events, asOf }: { events: readonly EventRow[]; asOf: string | null }) {
  const { travel: says } = useText();
  if (asOf === null) return <EventList events={events} withStream={false} />;
  const known = events.filter(({ position }) => reached(asOf, position));
  const later = events.length - known.length;
  return (
    <>
      {later === 0 ? null : <Text size="sm">{says.laterEvents(later)}</Text>}
      {known.length === 0 ? null : <EventList events={known} withStream={false} />}
    </>
  );
}

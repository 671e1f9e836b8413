/** The events of one stream, newest first, as they come in. */
import { Button, Stack } from '@mantine/core';
import { graphql } from '../graphql/graphql';
import { useLifecycle } from '../live/live';
import { Loaded } from '../page/Loaded';
import { PageLink } from '../routing/links';
import { usePages } from '../table/use-pages';
import { useText } from '../text/text';
import { useSoon } from '../time/soon';
import { eventRowFragment } from './event';
import { EventList } from './EventList';

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

export function StreamHistory({ streamType, streamId }: { streamType: string; streamId: string }) {
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
          <EventList events={nodes} withStream={false} />
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

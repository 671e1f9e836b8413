/** The events of one stream, newest first, as they come in. */
import { Button, Stack, Text } from '@mantine/core';
import { graphql } from '../graphql/graphql';
import { useLifecycle } from '../live/live';
import { Loaded } from '../page/Loaded';
import { LongList } from '../page/LongList';
import { PageLink } from '../routing/links';
import { usePages } from '../table/use-pages';
import { useText } from '../text/text';
import { useSoon } from '../time/soon';
import { asOfPosition } from '../travel/as-of';
import { eventRowFragment } from './event';
import { EventEntry } from './EventList';

const historyPageFragment = graphql(
  `
    fragment HistoryPage on EventConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...EventRow
      }
    }
  `,
  [eventRowFragment],
);

/** Through the thing itself: in the past it ends with the moment, however much has happened since. */
const historyDocument = graphql(
  `
    query StreamHistory($key: String!, $asOf: AsOfInput, $ofDefinition: Boolean!, $ofInstance: Boolean!, $first: Int, $after: String) {
      definition(key: $key, asOf: $asOf) @include(if: $ofDefinition) {
        id
        events(order: NEWEST_FIRST, first: $first, after: $after) {
          ...HistoryPage
        }
      }
      instance(key: $key, asOf: $asOf) @include(if: $ofInstance) {
        id
        events(order: NEWEST_FIRST, first: $first, after: $after) {
          ...HistoryPage
        }
      }
    }
  `,
  [historyPageFragment],
);

interface StreamHistoryProps {
  streamType: 'strategy_definition' | 'strategy_instance';
  streamId: string;
  /** The position whose past is shown; null for now. */
  asOf: string | null;
}

export function StreamHistory({ streamType, streamId, asOf }: StreamHistoryProps) {
  const text = useText();
  const { connection, fetching, error, more, reload, refresh } = usePages({
    document: historyDocument,
    variables: {
      key: streamId,
      asOf: asOfPosition(asOf),
      ofDefinition: streamType === 'strategy_definition',
      ofInstance: streamType === 'strategy_instance',
      first: 50,
    },
    read: (result) => (result.definition ?? result.instance)?.events,
    keyOf: ({ id }) => id,
  });
  const soon = useSoon(refresh, 100);
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
          {asOf === null ? null : <Text size="sm">{text.travel.laterLeftOut}</Text>}
          {nodes.length === 0 ? <Text c="dimmed">{text.eventList.empty}</Text> : null}
          <LongList items={nodes} keyOf={({ id }) => id}>
            {(event) => <EventEntry event={event} withStream={false} />}
          </LongList>
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

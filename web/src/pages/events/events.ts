import { eventRowFragment } from '../../event/event';
import type { StreamType } from '../../event/stream-types';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql';
import { readAsOf } from '../../travel/as-of';

export const eventsDocument = graphql(
  `
    query Events($filter: EventFilter, $order: EventOrder!, $first: Int, $after: String) {
      events(filter: $filter, order: $order, first: $first, after: $after) {
        totalCount
        head
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

export const liveEventsDocument = graphql(`
  subscription LiveEvents($after: Position, $filter: EventFilter) {
    events(after: $after, filter: $filter) {
      id
      position
    }
  }
`);

export const eventDocument = graphql(`
  query EventDetails($position: Position!) {
    event(position: $position) {
      id
      eventId
      position
      streamType
      streamId
      streamVersion
      type
      typeVersion
      summary
      phrase {
        code
        params
      }
      actor
      role
      source
      reason
      correlationId
      causationId
      idempotencyKey
      recordedAt
      payloadText
      metadataText
      causedBy {
        id
        position
        type
        summary
        phrase {
          code
          params
        }
      }
    }
  }
`);

export type EventDetails = NonNullable<ResultOf<typeof eventDocument>['event']>;

export const beforeDocument = graphql(`
  query EventBefore($filter: EventFilter, $after: String) {
    events(filter: $filter, order: NEWEST_FIRST, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        position
        streamVersion
        type
        payloadText
      }
    }
  }
`);

export const exportDocument = graphql(`
  query ExportEvents($filter: EventFilter, $after: String) {
    events(filter: $filter, order: OLDEST_FIRST, first: 200, after: $after) {
      head
      nextCursor
      nodes {
        position
        eventId
        recordedAt
        streamType
        streamId
        streamVersion
        type
        typeVersion
        payloadText
        metadataText
      }
    }
  }
`);

export type EventFilter = NonNullable<VariablesOf<typeof eventsDocument>['filter']>;

/** The filter as the address carries it. */
export interface EventSearch {
  type?: string[];
  actor?: string;
  stream?: string;
  streamType?: StreamType;
  from?: string;
  until?: string;
  correlation?: string;
  causation?: string;
  oldest?: boolean;
  open?: string;
}

export function eventFilterOf(search: EventSearch): EventFilter {
  const time = (text: string | undefined) => {
    const read = readAsOf(text);
    return read !== undefined && 'time' in read ? read.time : null;
  };
  return {
    streamType: search.streamType === undefined ? null : [search.streamType],
    // A stream's id means something only within its type
    streamId: search.streamType === undefined ? null : (search.stream ?? null),
    type: search.type ?? null,
    actor: search.actor ?? null,
    source: null,
    from: time(search.from),
    until: time(search.until),
    correlationId: search.correlation ?? null,
    causationId: search.causation ?? null,
  };
}

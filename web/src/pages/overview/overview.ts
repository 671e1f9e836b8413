import { eventRowFragment } from '../../event/event';
import { graphql, type ResultOf } from '../../graphql/graphql';

/** Without the orders: thousands of them a second would push everything else off the page. */
export const overviewDocument = graphql(
  `
    query Overview($minPosition: Position) {
      instances(first: 1, minPosition: $minPosition) {
        counts {
          running
          stopped
          faulted
          diverging
        }
      }
      definitions(first: 1, minPosition: $minPosition) {
        totalCount
      }
      drafts: definitions(first: 1, filter: { editedSincePublish: true }) {
        totalCount
      }
      events(first: 12, filter: { streamType: ["strategy_definition", "strategy_instance", "installation", "projection", "risk_guards"] }) {
        nodes {
          ...EventRow
        }
      }
    }
  `,
  [eventRowFragment],
);

export type Overview = ResultOf<typeof overviewDocument>;

/** What of the log the charts are made of. */
export const activityDocument = graphql(`
  query Activity($types: [String!], $from: DateTime, $after: String) {
    events(first: 200, after: $after, filter: { streamType: ["strategy_instance"], type: $types, from: $from }) {
      nextCursor
      nodes {
        type
        streamId
        position
        recordedAt
      }
    }
  }
`);

export const statusAtDocument = graphql(`
  query StatusAt($key: String!, $position: Position!) {
    instance(key: $key, asOf: { position: $position }) {
      id
      status
    }
  }
`);

export const lagDocument = graphql(`
  subscription OverviewLag {
    projectionLag {
      name
      lag
      lagSeconds
      parked {
        position
      }
    }
  }
`);

export type ProjectionLag = ResultOf<typeof lagDocument>['projectionLag'];

export interface LagAt {
  /** Seconds. */
  at: number;
  lag: ProjectionLag;
}

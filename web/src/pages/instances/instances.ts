import { graphql, type FragmentOf, type VariablesOf } from '../../graphql/graphql';

export const instanceRowFragment = graphql(`
  fragment InstanceRow on Instance @_unmask {
    id
    key
    userId
    clientId
    executorType
    trading
    definitionKey
    definitionVersion
    status
    observed
    faultReason
    run
    executedTrades
    startedAt
    updatedAt
    lastPosition
  }
`);

export type InstanceRow = FragmentOf<typeof instanceRowFragment>;

export const instancesDocument = graphql(
  `
    query Instances($filter: InstanceFilter, $orderBy: InstanceOrder, $asOf: AsOfInput, $minPosition: Position, $first: Int, $after: String) {
      readPosition {
        position
      }
      instances(filter: $filter, orderBy: $orderBy, asOf: $asOf, minPosition: $minPosition, first: $first, after: $after) {
        totalCount
        stale
        counts {
          running
          stopped
          faulted
          diverging
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...InstanceRow
        }
      }
    }
  `,
  [instanceRowFragment],
);

export type InstanceFilter = NonNullable<VariablesOf<typeof instancesDocument>['filter']>;

export const instanceChangesDocument = graphql(
  `
    subscription InstanceChanges($after: Position, $keys: [String!]) {
      instanceChanges(after: $after, keys: $keys) {
        position
        instance {
          ...InstanceRow
        }
      }
    }
  `,
  [instanceRowFragment],
);

import { graphql, type ResultOf } from '../../graphql/graphql';

export const definitionsDocument = graphql(`
  query Definitions($filter: DefinitionFilter, $orderBy: DefinitionOrder, $minPosition: Position, $first: Int, $after: String) {
    definitions(filter: $filter, orderBy: $orderBy, minPosition: $minPosition, first: $first, after: $after) {
      totalCount
      stale
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        key
        name
        executorType
        enabled
        currentVersion
        editedSincePublish
        runningInstances
        lastChangedBy
        updatedAt
        lastPosition
      }
    }
  }
`);

export type DefinitionRow = ResultOf<typeof definitionsDocument>['definitions']['nodes'][number];

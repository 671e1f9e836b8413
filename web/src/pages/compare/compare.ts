import { graphql, type ResultOf } from '../../graphql/graphql';

export const compareDocument = graphql(`
  query CompareVersions($key: String!, $from: String!, $to: String!) {
    compareVersions(key: $key, from: $from, to: $to) {
      from {
        id
        version
        configSchema
        defaultConfig
      }
      to {
        id
        version
        configSchema
        defaultConfig
      }
      changes {
        sentence
        phrase {
          code
          params
        }
        part
        kind
        pointer
        breaking
      }
    }
  }
`);

export type Comparison = NonNullable<ResultOf<typeof compareDocument>['compareVersions']>;

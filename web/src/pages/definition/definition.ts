import { graphql, type ResultOf } from '../../graphql/graphql';

export const definitionDocument = graphql(`
  query Definition($key: String!, $asOf: AsOfInput, $minPosition: Position) {
    definition(key: $key, asOf: $asOf, minPosition: $minPosition) {
      id
      uuid
      key
      name
      description
      executorType
      executor {
        type
        trading
      }
      configSchema
      defaultConfig
      enabled
      visibility
      currentVersion
      editedSincePublish
      createdBy
      lastChangedBy
      createdAt
      updatedAt
      revision
      lastPosition
      asOf
      stale
      runningInstances
      linkedInstances
      findings {
        severity
        message
        phrase {
          code
          params
        }
        pointer
        keyword
      }
    }
  }
`);

export type Definition = NonNullable<ResultOf<typeof definitionDocument>['definition']>;
export type Finding = Definition['findings'][number];

export const versionsDocument = graphql(`
  query DefinitionVersions($key: String!, $asOf: AsOfInput, $minPosition: Position, $first: Int, $after: String) {
    definition(key: $key, asOf: $asOf, minPosition: $minPosition) {
      id
      versions(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          version
          isCurrent
          publishedBy
          publishedAt
          reason
          runningInstances
        }
      }
    }
  }
`);

export type VersionRow = NonNullable<ResultOf<typeof versionsDocument>['definition']>['versions']['nodes'][number];

export const versionDocument = graphql(`
  query DefinitionVersion($key: String!, $version: String!) {
    definition(key: $key) {
      id
      version(version: $version) {
        id
        version
        name
        description
        executorType
        visibility
        configSchema
        defaultConfig
        publishedBy
        publishedAt
        reason
      }
    }
  }
`);

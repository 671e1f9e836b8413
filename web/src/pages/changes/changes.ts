import { graphql } from '../../graphql/graphql';

export const definitionAtDocument = graphql(`
  query DefinitionAt($key: String!, $asOf: AsOfInput) {
    definition(key: $key, asOf: $asOf) {
      id
      asOf
      lastPosition
      name
      description
      executorType
      visibility
      enabled
      currentVersion
      editedSincePublish
      configSchema
      defaultConfig
    }
  }
`);

export const instanceAtDocument = graphql(`
  query InstanceAt($key: String!, $asOf: AsOfInput) {
    instance(key: $key, asOf: $asOf) {
      id
      asOf
      lastPosition
      status
      observed
      run
      definitionKey
      definitionVersion
      executorType
      userId
      clientId
      marketMakingOrderId
      faultReason
      skipReason
      note
      executedTrades
      startPrice
      config
    }
  }
`);

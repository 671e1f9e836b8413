import { userErrorFragment } from '../../command/user-error';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql';

export const startableDocument = graphql(`
  query Startable {
    definitions(first: 200, orderBy: { field: KEY }) {
      nodes {
        id
        key
        name
        enabled
      }
    }
  }
`);

export const configValidationFragment = graphql(
  `
    fragment Validation on ConfigValidation @_unmask {
      valid
      version
      strategyKey
      trading
      existing {
        id
        key
        status
        revision
      }
      effectiveConfig
      fields {
        pointer
        name
        value
        source
        defaultValue
        inSchema
      }
      errors {
        ...Refusal
      }
    }
  `,
  [userErrorFragment],
);

/** The definition, and what a start without overrides would run: the defaults as the server applies them. */
export const startFormDocument = graphql(
  `
    query StartForm($key: String!, $minPosition: Position) {
      definition(key: $key, minPosition: $minPosition) {
        id
        key
        name
        executorType
        enabled
        configSchema
        currentVersion
        editedSincePublish
        revision
        executor {
          trading
        }
      }
      validateConfig(input: { definitionKey: $key, config: {} }) {
        ...Validation
      }
    }
  `,
  [configValidationFragment],
);

export type StartForm = ResultOf<typeof startFormDocument>;
export type StartDefinition = NonNullable<StartForm['definition']>;
export type Validation = NonNullable<StartForm['validateConfig']>;

export const validateDocument = graphql(
  `
    query ValidateConfig($input: ValidateConfigInput!) {
      validateConfig(input: $input) {
        ...Validation
      }
    }
  `,
  [configValidationFragment],
);

export const startDocument = graphql(
  `
    mutation StartInstance($input: StartInstanceInput!) {
      startInstance(input: $input) {
        position
        instance {
          id
          key
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

/** What is asked of both: what would run, and that it runs. */
export type StartInput = Pick<
  VariablesOf<typeof startDocument>['input'],
  'definitionKey' | 'userId' | 'clientId' | 'marketMakingOrderId' | 'config'
>;

export const againDocument = graphql(`
  query StartAgain($key: String!) {
    instance(key: $key) {
      id
      key
      userId
      clientId
      marketMakingOrderId
      definitionKey
      config
      run
      runs(first: 200) {
        nodes {
          number
          config
        }
      }
    }
  }
`);

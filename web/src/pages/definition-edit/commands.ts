import { userErrorFragment } from '../../command/user-error';
import { graphql } from '../../graphql/graphql';

export const createDocument = graphql(
  `
    mutation CreateDefinition($input: CreateDefinitionInput!) {
      createDefinition(input: $input) {
        position
        definition {
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

export const updateDocument = graphql(
  `
    mutation UpdateDefinition($input: UpdateDefinitionInput!) {
      updateDefinition(input: $input) {
        position
        definition {
          id
          key
          revision
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const lintDocument = graphql(`
  query LintDefinition($input: LintDefinitionInput!) {
    lintDefinition(input: $input) {
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
`);

export const executorSchemasDocument = graphql(`
  query ExecutorSchemas {
    executors {
      type
      configSchema
      defaultConfig
    }
  }
`);

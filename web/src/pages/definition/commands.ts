import { userErrorFragment } from '../../command/user-error';
import { graphql } from '../../graphql/graphql';

export const enableDocument = graphql(
  `
    mutation EnableDefinition($input: EnableDefinitionInput!) {
      enableDefinition(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const disableDocument = graphql(
  `
    mutation DisableDefinition($input: DisableDefinitionInput!) {
      disableDefinition(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const removeDocument = graphql(
  `
    mutation RemoveDefinition($input: RemoveDefinitionInput!) {
      removeDefinition(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const publishDocument = graphql(
  `
    mutation PublishDefinition($input: PublishDefinitionInput!) {
      publishDefinition(input: $input) {
        position
        definition {
          id
          key
          currentVersion
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

export const restoreDocument = graphql(
  `
    mutation RestoreDefinitionVersion($input: RestoreDefinitionVersionInput!) {
      restoreDefinitionVersion(input: $input) {
        position
        definition {
          id
          key
          currentVersion
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

export const publishCheckDocument = graphql(`
  query PublishCheck($input: PublishCheckInput!) {
    publishCheck(input: $input) {
      currentVersion
      bump
      suggestedVersion
      reason
      reasonPhrase {
        code
        params
      }
      checkedInstances
      incomplete
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
      refusedInstances {
        instance {
          id
          key
          definitionVersion
        }
        errors {
          message
          phrase {
            code
            params
          }
        }
      }
    }
  }
`);

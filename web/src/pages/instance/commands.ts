import { userErrorFragment } from '../../command/user-error';
import { graphql } from '../../graphql/graphql';

export const stopDocument = graphql(
  `
    mutation StopInstance($input: StopInstanceInput!) {
      stopInstance(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const restartDocument = graphql(
  `
    mutation RestartInstance($input: RestartInstanceInput!) {
      restartInstance(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const restartOnVersionDocument = graphql(
  `
    mutation RestartInstanceOnVersion($input: RestartInstanceOnVersionInput!) {
      restartInstanceOnVersion(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

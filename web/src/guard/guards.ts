/** Guards as they are now, with what they have measured. */
import { userErrorFragment } from '../command/user-error';
import { graphql, type ResultOf } from '../graphql/graphql';

export const guardsDocument = graphql(`
  query Guards {
    guards {
      revision
      guards {
        name
        scope
        target
        currency
        loss
        drawdown
        action
        trip {
          limit
          amount
          profit
          highest
          position
          at
        }
        measure {
          profit
          highest
        }
      }
    }
  }
`);

export type Guards = ResultOf<typeof guardsDocument>['guards'];
export type Guard = Guards['guards'][number];
export type GuardScope = Guard['scope'];

export const setGuardDocument = graphql(
  `
    mutation SetGuard($input: SetGuardInput!) {
      setGuard(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const resetGuardDocument = graphql(
  `
    mutation ResetGuard($input: ResetGuardInput!) {
      resetGuard(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const removeGuardDocument = graphql(
  `
    mutation RemoveGuard($input: RemoveGuardInput!) {
      removeGuard(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

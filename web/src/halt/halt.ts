import { userErrorFragment } from '../command/user-error';
import { graphql, type ResultOf } from '../graphql/graphql';

export const haltDocument = graphql(`
  query Halt {
    settings {
      revision
      halt {
        reason
        since
      }
    }
  }
`);

export type Halt = NonNullable<ResultOf<typeof haltDocument>['settings']['halt']>;

export const haltTradingDocument = graphql(
  `
    mutation HaltTrading($input: HaltTradingInput!) {
      haltTrading(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const resumeTradingDocument = graphql(
  `
    mutation ResumeTrading($input: ResumeTradingInput!) {
      resumeTrading(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

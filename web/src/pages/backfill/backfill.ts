import { userErrorFragment } from '../../command/user-error';
import { graphql, type FragmentOf } from '../../graphql/graphql';

export const reportFragment = graphql(`
  fragment Report on BackfillReport @_unmask {
    updated
    skipped
    entries {
      instanceKey
      outcome
      definitionKey
      definitionVersion
      reason
      reasonPhrase {
        code
        params
      }
    }
  }
`);

export type Report = FragmentOf<typeof reportFragment>;

export const planDocument = graphql(
  `
    query BackfillPlan {
      backfillPlan {
        ...Report
      }
    }
  `,
  [reportFragment],
);

export const runBackfillDocument = graphql(
  `
    mutation RunBackfill($input: RunBackfillInput!) {
      runBackfill(input: $input) {
        position
        report {
          ...Report
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [reportFragment, userErrorFragment],
);

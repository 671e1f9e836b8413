import { userErrorFragment } from '../../command/user-error';
import { graphql, type ResultOf } from '../../graphql/graphql';

export const settingsDocument = graphql(`
  query Settings {
    settings {
      mode
      dynamicFlow
      revision
      legacyTokenRequired
      legacySunset
    }
  }
`);

export type Settings = ResultOf<typeof settingsDocument>['settings'];

export const usageDocument = graphql(`
  query LegacyUsage($first: Int, $after: String) {
    legacyUsage(first: $first, after: $after) {
      totalCount
      totalCalls
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        day
        caller
        endpoint
        calls
      }
    }
  }
`);

export const setSwitchesDocument = graphql(
  `
    mutation SetSwitches($input: SetSwitchesInput!) {
      setSwitches(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

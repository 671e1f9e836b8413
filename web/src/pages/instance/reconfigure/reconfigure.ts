import { userErrorFragment } from '../../../command/user-error';
import { graphql, type ResultOf } from '../../../graphql/graphql';

/** What runs now, and what its version says about it. */
export const reconfigureFormDocument = graphql(`
  query ReconfigureForm($key: String!, $definition: String!, $version: String!, $minPosition: Position) {
    instance(key: $key, minPosition: $minPosition) {
      id
      key
      revision
      config
      configFields {
        name
        source
      }
    }
    definition(key: $definition) {
      id
      version(version: $version) {
        id
        version
        configSchema
        defaultConfig
      }
    }
  }
`);

type Form = ResultOf<typeof reconfigureFormDocument>;
export type RunningInstance = NonNullable<Form['instance']>;
export type RunningVersion = NonNullable<NonNullable<Form['definition']>['version']>;

export const reconfigureDocument = graphql(
  `
    mutation ReconfigureInstance($input: ReconfigureInstanceInput!) {
      reconfigureInstance(input: $input) {
        position
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

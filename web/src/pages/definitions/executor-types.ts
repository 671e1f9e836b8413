import { graphql } from '../../graphql/graphql';

export const executorTypesDocument = graphql(`
  query ExecutorTypes {
    executors {
      type
    }
  }
`);

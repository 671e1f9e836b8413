import { userErrorFragment } from '../../command/user-error';
import { graphql, type FragmentOf } from '../../graphql/graphql';

export const projectionFragment = graphql(`
  fragment ProjectionRow on Projection @_unmask {
    name
    position
    head
    lag
    lagSeconds
    generation
    parked {
      position
      since
      error
    }
    rebuild {
      position
      head
    }
    lastRebuild {
      finishedAt
      error
    }
  }
`);

export type ProjectionRow = FragmentOf<typeof projectionFragment>;

export const projectionsDocument = graphql(
  `
    query Projections {
      projections {
        ...ProjectionRow
      }
    }
  `,
  [projectionFragment],
);

export const projectionLagDocument = graphql(
  `
    subscription ProjectionLag {
      projectionLag(intervalMs: 500) {
        ...ProjectionRow
      }
    }
  `,
  [projectionFragment],
);

export const rebuildDocument = graphql(
  `
    mutation RebuildProjection($input: RebuildProjectionInput!) {
      rebuildProjection(input: $input) {
        position
        projection {
          ...ProjectionRow
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [projectionFragment, userErrorFragment],
);

export const resumeDocument = graphql(
  `
    mutation ResumeProjection($input: ResumeProjectionInput!) {
      resumeProjection(input: $input) {
        position
        projection {
          ...ProjectionRow
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [projectionFragment, userErrorFragment],
);

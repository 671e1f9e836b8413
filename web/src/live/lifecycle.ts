import { graphql, type ResultOf } from '../graphql/graphql';

/** No order events: an installation may have thousands of them a second, and no page needs them all. */
export const lifecycleDocument = graphql(`
  subscription Lifecycle($after: Position) {
    events(after: $after, filter: { streamType: ["strategy_definition", "strategy_instance", "installation", "projection", "risk_guards"] }) {
      id
      position
      type
      streamType
      streamId
      actor
      summary
      phrase {
        code
        params
      }
      recordedAt
    }
  }
`);

export type LifecycleEvent = ResultOf<typeof lifecycleDocument>['events'];

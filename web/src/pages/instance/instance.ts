import { graphql, type FragmentOf, type ResultOf } from '../../graphql/graphql';

export const marketPositionFragment = graphql(`
  fragment MarketPosition on MarketPosition @_unmask {
    exchange
    pair
    base
    averageCost
    markPrice
    profit
    realised
    unrealised
    fees
    otherFees {
      coin
      amount
    }
    volume
  }
`);

export type MarketPosition = FragmentOf<typeof marketPositionFragment>;

export const instanceDocument = graphql(
  `
    query Instance($key: String!, $asOf: AsOfInput, $minPosition: Position) {
      instance(key: $key, asOf: $asOf, minPosition: $minPosition) {
        id
        key
        legacyId
        userId
        clientId
        marketMakingOrderId
        strategyType
        executorType
        trading
        definitionKey
        definitionName
        definitionVersion
        definition {
          id
          key
          enabled
          currentVersion
        }
        status
        observed
        faultReason
        skipReason
        note
        startPrice
        config
        configFields {
          name
          value
          source
          defaultValue
          inSchema
          updatable
        }
        run
        executedTrades
        createdAt
        updatedAt
        revision
        lastPosition
        asOf
        stale
        execution {
          id
          state
          openedAt
          liveOrders
          fillCount
          netBase
          netQuote
          positions {
            ...MarketPosition
          }
          decisions(first: 1) {
            nodes {
              at
              position
              sentence
              phrase {
                code
                params
              }
            }
          }
        }
      }
    }
  `,
  [marketPositionFragment],
);

export type Instance = NonNullable<ResultOf<typeof instanceDocument>['instance']>;

export const runsDocument = graphql(`
  query InstanceRuns($key: String!, $asOf: AsOfInput, $minPosition: Position, $first: Int, $after: String) {
    instance(key: $key, asOf: $asOf, minPosition: $minPosition) {
      id
      runs(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          number
          definitionKey
          definitionVersion
          startedAt
          startedBy
          startReason
          startedPosition
          endedAt
          end
          endedBy
          endReason
          configChanges {
            changed
            changedAt
            changedBy
            reason
            position
          }
        }
      }
    }
  }
`);

export type RunRow = NonNullable<ResultOf<typeof runsDocument>['instance']>['runs']['nodes'][number];

export const runResultDocument = graphql(
  `
    query RunResult($key: String!, $run: Int!, $asOf: AsOfInput) {
      execution(instanceKey: $key, run: $run, asOf: $asOf) {
        id
        positions {
          ...MarketPosition
        }
      }
      instance(key: $key, asOf: $asOf) {
        id
        positions {
          ...MarketPosition
        }
      }
    }
  `,
  [marketPositionFragment],
);

export const ordersDocument = graphql(`
  query ExecutionOrders($key: String!, $run: Int!, $asOf: AsOfInput, $ordersAfter: String, $fillsAfter: String) {
    execution(instanceKey: $key, run: $run, asOf: $asOf) {
      id
      netBase
      closedAt
      orders(first: 200, after: $ordersAfter) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          clientOrderId
          slot
          exchange
          pair
          side
          price
          quantity
          filled
          state
          reason
          referencePrice
          intendedAt
          endedAt
          position
        }
      }
      fills(first: 200, after: $fillsAfter) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          fillId
          clientOrderId
          side
          slot
          exchange
          pair
          price
          quantity
          fee
          feeCurrency
          filledAt
          position
        }
      }
    }
  }
`);

type Execution = NonNullable<ResultOf<typeof ordersDocument>['execution']>;
export type OrderRow = Execution['orders']['nodes'][number];
export type FillRow = Execution['fills']['nodes'][number];

export const decisionsDocument = graphql(`
  query ExecutionDecisions($key: String!, $run: Int!, $asOf: AsOfInput, $first: Int, $after: String) {
    execution(instanceKey: $key, run: $run, asOf: $asOf) {
      id
      decisions(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          kind
          sentence
          phrase {
            code
            params
          }
          reason
          referencePrice
          inputs
          at
          position
        }
      }
    }
  }
`);

export const askedDocument = graphql(`
  query AskedOfInstance($key: String!) {
    events(filter: { streamType: ["strategy_instance"], streamId: $key, type: ["InstanceReconfigured", "InstanceStopped"] }, order: NEWEST_FIRST, first: 200) {
      nodes {
        id
        position
        type
        summary
        phrase {
          code
          params
        }
        actor
        reason
        recordedAt
        payloadText
      }
    }
  }
`);

/** A sign that the run did something; what exactly is read in one go. */
export const executionPulseDocument = graphql(`
  subscription ExecutionPulse($after: Position, $stream: String!) {
    events(after: $after, filter: { streamType: ["execution"], streamId: $stream }) {
      id
      position
      type
    }
  }
`);

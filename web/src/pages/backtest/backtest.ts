import { userErrorFragment } from '../../command/user-error';
import { graphql, type ResultOf } from '../../graphql/graphql';
import { configValidationFragment } from '../start/start';

/** What is tried, and the defaults that its overrides lie on. Whose instance it is is the server's to say. */
export const backtestFormDocument = graphql(
  `
    query BacktestForm($key: String!, $version: String, $named: String!, $minPosition: Position) {
      definition(key: $key, minPosition: $minPosition) {
        id
        key
        configSchema
        currentVersion
        editedSincePublish
        version(version: $named) {
          id
          version
          configSchema
        }
        versions(first: 100) {
          nodes {
            id
            version
          }
        }
      }
      validateConfig(input: { definitionKey: $key, version: $version, userId: "backtest", clientId: "backtest" }) {
        ...Validation
      }
      backtestOptions {
        recordedPair
        recordedFrom
        recordedUntil
        mostSteps
      }
    }
  `,
  [configValidationFragment],
);

export type BacktestForm = ResultOf<typeof backtestFormDocument>;
export type TriedDefinition = NonNullable<BacktestForm['definition']>;
export type BacktestOptions = BacktestForm['backtestOptions'];

export const startBacktestDocument = graphql(
  `
    mutation StartBacktest($input: StartBacktestInput!) {
      startBacktest(input: $input) {
        backtest {
          id
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const cancelBacktestDocument = graphql(
  `
    mutation CancelBacktest($input: CancelBacktestInput!) {
      cancelBacktest(input: $input) {
        backtest {
          id
          state
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

export const backtestDocument = graphql(`
  query Backtest($id: ID!) {
    backtest(id: $id) {
      id
      version
      editedSincePublish
      configFields {
        pointer
        name
        value
        source
        defaultValue
        inSchema
      }
      data
      seed
      stepSeconds
      state
      progress
      failure
      reportPath
      report {
        from
        until
        profit
        realised
        unrealised
        fees
        otherFees {
          coin
          amount
        }
        volume
        maxDrawdown
        bothSidesQuoted
        orders {
          placed
          filled
          cancelled
          rejected
        }
        markets {
          exchange
          pair
          lastPrice
          trades
          bought
          sold
          inventory
          largestInventory
          profit
        }
        skipped {
          reason
          count
        }
        endedEarly
        equity {
          at
          profit
          price
          inventory
        }
        trades {
          at
          exchange
          pair
          side
          price
          quantity
        }
        tradesLeftOut
      }
    }
  }
`);

export type Backtest = NonNullable<ResultOf<typeof backtestDocument>['backtest']>;
export type BacktestReport = NonNullable<Backtest['report']>;

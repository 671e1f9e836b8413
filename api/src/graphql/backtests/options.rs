//! What there is to try a configuration on.

use async_graphql::{Context, Object, SimpleObject};

use crate::graphql::context::app;
use crate::graphql::scalars::Time;

/// Enough for a day at a server's pace of a second. Others wait until it has ended, so what takes longer
/// is asked of the command.
pub(super) const MOST_STEPS: i64 = 86_400;

#[derive(Debug, Default)]
pub(crate) struct BacktestOptionsQuery;

#[derive(Debug, SimpleObject)]
struct BacktestOptions {
    /// The pair that was recorded; prices of others are made from it.
    recorded_pair: String,
    recorded_from: Time,
    recorded_until: Time,
    /// `lengthSeconds` by `stepSeconds` may not be more.
    most_steps: i64,
}

#[Object]
impl BacktestOptionsQuery {
    /// What `startBacktest` may ask for.
    async fn backtest_options(&self, ctx: &Context<'_>) -> BacktestOptions {
        let recording = app(ctx).backtester.recording();
        BacktestOptions {
            recorded_pair: recording.pair,
            recorded_from: recording.from.into(),
            recorded_until: recording.until.into(),
            most_steps: MOST_STEPS,
        }
    }
}

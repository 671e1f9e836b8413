//! How a backtest is doing, and what it found.

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use super::backtest::Backtest;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct BacktestQuery;

#[Object]
impl BacktestQuery {
    /// Of this process: the last twenty that ended are kept for an hour, then it is null.
    async fn backtest(&self, ctx: &Context<'_>, id: ID) -> Option<Backtest> {
        let app = app(ctx);
        let id: Uuid = id.parse().ok()?;
        app.backtests.find(id, app.clock.now()).map(Backtest)
    }
}

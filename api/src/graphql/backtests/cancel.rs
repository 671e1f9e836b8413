//! Ends a backtest that nobody waits for any more.

use async_graphql::{Context, ID, InputObject, Object};

use super::backtest::{Backtest, BacktestPayload};
use crate::graphql::context::app;
use crate::graphql::user_error::{UserError, UserErrorCode};

#[derive(Debug, Default)]
pub(crate) struct CancelBacktest;

#[derive(Debug, InputObject)]
pub(crate) struct CancelBacktestInput {
    id: ID,
}

#[Object]
impl CancelBacktest {
    /// One that has ended stays as it is.
    async fn cancel_backtest(
        &self,
        ctx: &Context<'_>,
        input: CancelBacktestInput,
    ) -> BacktestPayload {
        let app = app(ctx);
        let id = input.id.parse().ok();
        let cancelled = id.and_then(|id| app.backtests.cancel(id, app.clock.now()));
        let mut user_errors = vec![];
        if cancelled.is_none() {
            let message = "There is no such backtest, or it is no longer kept";
            user_errors.push(UserError::new(UserErrorCode::NotFound, message).at("/id"));
        }
        BacktestPayload {
            backtest: cancelled.map(Backtest),
            user_errors,
        }
    }
}

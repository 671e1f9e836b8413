//! Ends a run: the strategy places nothing new, every order is taken off the venue unless it was to
//! stay, what is held is closed where that was asked for, then the run is closed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use domain::execution::{CloseExecution, ExecutionCommand};
use domain::instance::StopMode;
use domain::wishes::Ending;
use strategies::Action;

use super::active_run::{ActiveRun, Ask};
use super::flatten::{Flattening, ToClose};
use super::market_view::MarketView;
use super::shared::Shared;
use super::turn::{TurnError, TurnResult};
use crate::executor::{StopContext, cancel_everything};

impl ActiveRun {
    /// Called until every order is known to be gone.
    pub(super) async fn end(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        (ending, halted): (Ending, bool),
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        if !self.execution().is_open() {
            self.journal.forget();
            return Ok(TurnResult::Ended(self.number));
        }
        self.journal.caused_by(ending.cause);
        let leaves = ending.how.mode == StopMode::Leave;
        if leaves {
            let ask = self.next_question(shared, now);
            self.settle(shared, ask, now).await?;
            self.value_what_is_held(shared, market, now).await?;
        } else {
            let actions = self.last_actions(&ending.how.reason);
            self.cancel(shared, &actions, now).await?;
        }
        if !self.knows_the_past {
            self.settle(shared, Ask::All, now).await?;
        }
        let open = self.execution().live_orders.len();
        if open > 0 && leaves && self.knows_the_past && !self.has_doubts() {
            let left = format!("{open} of its orders stay until they trade or are taken off");
            self.say_what_was_skipped(vec![left], now).await?;
            return Ok(TurnResult::OrdersLeft);
        }
        if open > 0 || !self.knows_the_past {
            return Ok(TurnResult::Waiting);
        }
        if ending.how.mode == StopMode::Flatten {
            let since = ending.how.asked_at;
            let everything = ToClose::Everything { since, halted };
            let (flattening, left) = self.flatten(shared, market, everything, now).await?;
            self.say_what_was_skipped(left, now).await?;
            if flattening == Flattening::Underway {
                return Ok(TurnResult::Flattening);
            }
        }
        if ending.how.mode != StopMode::Flatten {
            self.say_what_was_skipped(self.still_held(), now).await?;
        }
        let close = CloseExecution {
            reason: ending.how.reason,
            closed_at: now,
        };
        self.journal.record(ExecutionCommand::Close(close)).await?;
        self.journal.forget();
        Ok(TurnResult::Ended(self.number))
    }

    /// An executor that fails, or that this process never started, has no say in the end.
    fn last_actions(&self, reason: &str) -> Vec<Action> {
        let context = StopContext {
            execution: self.execution(),
            reason,
        };
        let asked = self.executor.as_ref().and_then(|executor| {
            catch_unwind(AssertUnwindSafe(|| executor.on_stop(&context))).ok()
        });
        asked.unwrap_or_else(|| cancel_everything(&context))
    }
}

//! A turn while nobody may trade: every order is taken off the venue, and nothing is decided.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::active_run::ActiveRun;
use super::shared::Shared;
use super::turn::{TurnError, TurnResult};
use crate::executor::{StopContext, cancel_everything};

impl ActiveRun {
    /// Called at every tick that is due, and again soon while an order may still be there. The
    /// strategy has no say in it.
    pub(super) async fn halt(
        &mut self,
        shared: &Shared,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        let Some(executor) = &self.executor else {
            return Ok(TurnResult::Continue);
        };
        let cadence = executor.cadence();
        let ask = self.next_question(shared, now);
        self.settle(shared, ask, now).await?;
        let reason = format!("trading is halted: {reason}");
        self.take_everything_off(shared, reason, cadence, now).await
    }

    /// Says why, once.
    pub(super) async fn take_everything_off(
        &mut self,
        shared: &Shared,
        reason: String,
        cadence: Duration,
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        let everything = cancel_everything(&StopContext {
            execution: self.execution(),
            reason: &reason,
        });
        self.cancel(shared, &everything, now).await?;
        self.say_what_was_skipped(vec![reason], now).await?;
        if !self.execution().live_orders.is_empty() {
            return Ok(TurnResult::Waiting);
        }
        Ok(TurnResult::Ticked {
            cadence,
            unfinished: false,
        })
    }
}

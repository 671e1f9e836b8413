//! Runs that come back from their turns, and when each gets the next one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorChain;
use domain::ids::StrategyKey;
use tokio::task::{Id, JoinError};

use super::phase::next_due;
use super::scheduler::Runtime;
use super::turn::{TurnEnd, TurnResult};

impl Runtime {
    /// Puts a run back in its place and decides when it is due again.
    pub(super) fn take_back(
        &mut self,
        ended: Result<(Id, TurnEnd), JoinError>,
        now: DateTime<Utc>,
    ) {
        let (id, end) = match ended {
            Ok((id, end)) => (id, Some(end)),
            Err(error) => (error.id(), None),
        };
        let Some(key) = self.out.remove(&id) else {
            return;
        };
        // Also when reading failed: one broken stream must not keep everybody from trading
        self.unread.remove(&key);
        let Some(slot) = self.slots.get_mut(&key) else {
            return;
        };
        let Some(TurnEnd {
            run,
            result,
            unrecorded,
        }) = end
        else {
            tracing::error!(strategy.key = %key, "a turn panicked; its run is read anew");
            slot.run = None;
            let wake = self.after_failure(&key, now);
            self.slots.give_back(&key, wake);
            return;
        };
        if let Some(run) = run.as_ref().filter(|run| run.executor.is_some()) {
            slot.held = Some(run.number);
        }
        slot.run = run;
        slot.fills.splice(0..0, unrecorded);
        let wake = self.wake_after(&key, result, now);
        self.slots.give_back(&key, wake);
    }

    fn wake_after(
        &mut self,
        key: &StrategyKey,
        result: TurnResult,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let Some(slot) = self.slots.get_mut(key) else {
            return now;
        };
        let value_again = slot.value_again(&self.shared, now);
        match result {
            TurnResult::Continue => now,
            TurnResult::Recorded => slot.tick_due.min(value_again),
            TurnResult::Reconfigured => {
                slot.tick_due = now;
                now
            }
            TurnResult::Ticked {
                cadence,
                unfinished,
            } => {
                let cadence = TimeDelta::from_std(cadence).unwrap_or(TimeDelta::MAX);
                if slot.tick_due <= now {
                    slot.tick_due = next_due(slot.tick_due, cadence, now);
                }
                slot.refill = unfinished;
                slot.failures = 0;
                if unfinished {
                    slot.tick_due.min(now + self.shared.settings.retry_base)
                } else {
                    slot.tick_due.min(value_again)
                }
            }
            TurnResult::Ended(run) => {
                slot.run = None;
                slot.failures = 0;
                slot.tick_due = now;
                slot.refill = false;
                self.feed.wishes_mut().ended(key, run);
                now
            }
            TurnResult::NotOurs(run) => {
                tracing::error!(strategy.key = %key, run, "another process runs it; it is left to that");
                slot.run = None;
                slot.left = Some(run);
                now
            }
            TurnResult::Ignored(run) => {
                slot.run = None;
                self.feed.wishes_mut().ignore(key, run);
                now
            }
            TurnResult::OrdersLeft => {
                slot.failures = 0;
                value_again.min(now + self.shared.settings.review_every)
            }
            TurnResult::Flattening => now + self.shared.settings.retry_base,
            TurnResult::Waiting | TurnResult::Faulted => self.after_failure(key, now),
            TurnResult::Failed(error) => {
                tracing::error!(strategy.key = %key, error = %ErrorChain(&error), "a turn failed");
                self.after_failure(key, now)
            }
        }
    }

    fn after_failure(&mut self, key: &StrategyKey, now: DateTime<Utc>) -> DateTime<Utc> {
        let Some(slot) = self.slots.get_mut(key) else {
            return now;
        };
        slot.failures += 1;
        now + self.shared.settings.retry_after(slot.failures)
    }

    /// Lets the turns that are out come back. Each ends by itself: no venue call waits for ever.
    pub(super) async fn take_all_back(&mut self, now: DateTime<Utc>) {
        while let Some(ended) = self.turns.join_next_with_id().await {
            self.take_back(ended, now);
        }
    }
}

//! When the quotes are due to be renewed, worked out from what the log tells: the last batch, and
//! the orders that filled since. Nothing is remembered, so a re-run finds the same times.

use chrono::{DateTime, Utc};

use super::hanging_pairs::was_hanging;
use super::options::Timing;
use crate::OwnState;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timers {
    /// No quotes are placed before.
    pub(super) create: DateTime<Utc>,
    /// From then on quotes go as soon as they are not what is wanted.
    pub(super) cancel: DateTime<Utc>,
}

impl Timers {
    pub(super) fn of(own: &OwnState, timing: &Timing) -> Self {
        let placed_at = own.history.last_placed_at;
        let due = placed_at.map_or(DateTime::<Utc>::MIN_UTC, |at| at + timing.refresh);
        let mut timers = Self {
            create: due,
            cancel: due,
        };
        for order in &own.history.completed {
            let since = Some(order.completed_at) >= placed_at;
            if !since || was_hanging(order, timing, timers.cancel, own) {
                continue;
            }
            timers.create = order.completed_at + timing.filled_order_delay;
            timers.cancel = timers.cancel.min(timers.create);
        }
        timers
    }
}

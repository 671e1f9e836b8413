//! What a guard watches lost too much.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{GuardEvent, RiskGuards};
use crate::ids::GuardName;
use crate::money::Decimal;

/// Which limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossLimit {
    Loss,
    Drawdown,
}

/// How it came to it, in the guard's currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trip {
    pub limit: LossLimit,
    /// The limit itself.
    pub amount: Decimal,
    /// The profit since the guard was armed.
    pub profit: Decimal,
    /// The highest it was since then; never below zero.
    pub highest: Decimal,
    /// The position of the event that brought it to this.
    pub position: u64,
    pub tripped_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TripGuard {
    pub name: GuardName,
    /// The arming that was measured for.
    pub arming: u64,
    pub trip: Trip,
}

impl TripGuard {
    /// Without an event where the guard was reset, changed or removed meanwhile, or tripped already:
    /// the first trip is the one that holds.
    pub(super) fn decide(self, guards: &RiskGuards) -> Option<GuardEvent> {
        let Self { name, arming, trip } = self;
        let guard = guards.get(&name)?;
        let holds = guard.arming == arming && guard.trip.is_none();
        holds.then_some(GuardEvent::GuardTripped { name, trip })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::GuardCommand;
    use crate::guard::examples::{name, reset, set, trip, tripped, when};

    #[test]
    fn a_guard_trips_once_for_each_arming() {
        let command = |arming| {
            GuardCommand::Trip(TripGuard {
                name: name(),
                arming,
                trip: trip(),
            })
        };
        when(vec![set()], command(1)).then_expect_events(vec![tripped()]);
        when(vec![set(), tripped()], command(1)).then_expect_events(vec![]);
        let again = || vec![set(), tripped(), reset()];
        when(again(), command(1)).then_expect_events(vec![]);
        when(again(), command(2)).then_expect_events(vec![tripped()]);
        when(vec![], command(1)).then_expect_events(vec![]);
    }
}

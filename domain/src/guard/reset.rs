//! Lifts what a guard imposed. From then on the profit is measured anew.

use chrono::{DateTime, Utc};

use super::{GuardError, GuardEvent, RiskGuards};
use crate::ids::GuardName;

#[derive(Debug, Clone, PartialEq)]
pub struct ResetGuard {
    pub name: GuardName,
    pub reset_at: DateTime<Utc>,
}

impl ResetGuard {
    /// Without an event where nothing had tripped: what was lost so far must go on counting.
    pub(super) fn decide(self, guards: &RiskGuards) -> Result<Option<GuardEvent>, GuardError> {
        let Self { name, reset_at } = self;
        let tripped = guards.require(&name)?.trip.is_some();
        Ok(tripped.then_some(GuardEvent::GuardReset { name, reset_at }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::guard::GuardCommand;
    use crate::guard::examples::{name, reset, set, tripped, when};

    #[test]
    fn only_a_tripped_guard_is_reset() {
        let command = || {
            GuardCommand::Reset(ResetGuard {
                name: name(),
                reset_at: at(3),
            })
        };
        when(vec![set(), tripped()], command()).then_expect_events(vec![reset()]);
        when(vec![set()], command()).then_expect_events(vec![]);
        when(vec![set(), tripped(), reset()], command()).then_expect_events(vec![]);
        when(vec![], command()).then_expect_error_message("There is no guard called desk");
    }
}

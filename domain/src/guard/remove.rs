//! Takes a guard away.

use chrono::{DateTime, Utc};

use super::{GuardError, GuardEvent, RiskGuards};
use crate::ids::GuardName;

#[derive(Debug, Clone, PartialEq)]
pub struct RemoveGuard {
    pub name: GuardName,
    pub removed_at: DateTime<Utc>,
}

impl RemoveGuard {
    pub(super) fn decide(self, guards: &RiskGuards) -> Result<GuardEvent, GuardError> {
        let Self { name, removed_at } = self;
        if guards.require(&name)?.trip.is_some() {
            return Err(GuardError::Tripped(name));
        }
        Ok(GuardEvent::GuardRemoved { name, removed_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::guard::GuardCommand;
    use crate::guard::examples::{name, reset, set, tripped, when};

    #[test]
    fn only_an_armed_guard_is_removed() {
        let command = || {
            GuardCommand::Remove(RemoveGuard {
                name: name(),
                removed_at: at(4),
            })
        };
        let removed = || GuardEvent::GuardRemoved {
            name: name(),
            removed_at: at(4),
        };
        when(vec![set()], command()).then_expect_events(vec![removed()]);
        when(vec![set(), tripped(), reset()], command()).then_expect_events(vec![removed()]);
        let tripped = when(vec![set(), tripped()], command());
        tripped.then_expect_error_message("Guard desk has tripped: reset it first");
        for none in [vec![], vec![set(), removed()]] {
            when(none, command()).then_expect_error_message("There is no guard called desk");
        }
    }
}

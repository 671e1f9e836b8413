//! Adds a guard, or gives it another rule. Where the rule goes on watching the same profit, what was
//! lost so far still counts: nobody gets a fresh start by moving a limit.

use chrono::{DateTime, Utc};

use super::{GuardError, GuardEvent, GuardRule, RiskGuards};
use crate::ids::GuardName;

/// Each is looked at for every trade.
const MOST: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct SetGuard {
    pub name: GuardName,
    pub rule: GuardRule,
    pub set_at: DateTime<Utc>,
}

impl SetGuard {
    /// Without an event when the guard is already as asked for.
    pub(super) fn decide(self, guards: &RiskGuards) -> Result<Option<GuardEvent>, GuardError> {
        let Self { name, rule, set_at } = self;
        let violations = rule.violations(&name);
        if !violations.is_empty() {
            return Err(GuardError::Invalid(violations));
        }
        match guards.get(&name) {
            Some(guard) if guard.trip.is_some() => return Err(GuardError::Tripped(name)),
            Some(guard) if guard.rule == rule => return Ok(None),
            None if guards.all().count() >= MOST => {
                return Err(GuardError::TooMany { limit: MOST });
            }
            Some(_) | None => {}
        }
        Ok(Some(GuardEvent::GuardSet { name, rule, set_at }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::guard::examples::{name, rule, set, tripped, when};
    use crate::guard::{GuardAction, GuardCommand};

    fn command(rule: GuardRule) -> GuardCommand {
        GuardCommand::Set(SetGuard {
            name: name(),
            rule,
            set_at: at(1),
        })
    }

    fn with_loss(loss: i64) -> GuardRule {
        GuardRule {
            loss: Some(loss.into()),
            ..rule()
        }
    }

    fn set_to(rule: GuardRule) -> GuardEvent {
        GuardEvent::GuardSet {
            name: name(),
            rule,
            set_at: at(1),
        }
    }

    #[test]
    fn a_guard_is_set_once_and_may_be_changed() {
        when(vec![], command(rule())).then_expect_events(vec![set()]);
        when(vec![set()], command(rule())).then_expect_events(vec![]);
        when(vec![set()], command(with_loss(50))).then_expect_events(vec![set_to(with_loss(50))]);
    }

    #[test]
    fn a_wrong_rule_is_refused_at_its_fields() {
        let refused = "the guard's rule is wrong: /loss must be above zero";
        when(vec![], command(with_loss(0))).then_expect_error_message(refused);
    }

    #[test]
    fn what_tripped_is_reset_before_it_is_changed() {
        let refused = "Guard desk has tripped: reset it first";
        when(vec![set(), tripped()], command(with_loss(500))).then_expect_error_message(refused);
    }

    #[test]
    fn another_limit_or_action_keeps_the_measure_and_another_currency_begins_anew() {
        let mut guards = RiskGuards::default();
        guards.fold(set());
        let arming = |guards: &RiskGuards| guards.get(&name()).unwrap().arming;
        let first = arming(&guards);
        let action = GuardAction::Flatten;
        guards.fold(set_to(GuardRule { action, ..rule() }));
        assert_eq!(arming(&guards), first);
        let currency = "EUR".to_owned();
        guards.fold(set_to(GuardRule { currency, ..rule() }));
        assert_ne!(arming(&guards), first);
    }

    #[test]
    fn there_is_no_room_for_any_number() {
        let numbered = |number: usize| GuardEvent::GuardSet {
            name: GuardName::new(format!("guard-{number}")),
            rule: rule(),
            set_at: at(1),
        };
        let full = (0..MOST).map(numbered).collect();
        let refused = "There are 200 guards, and no room for more: remove one first";
        when(full, command(rule())).then_expect_error_message(refused);
    }
}

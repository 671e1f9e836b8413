//! What tripped guards leave a run to do.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{GuardAction, GuardScope, RiskGuards};
use crate::ids::{DefinitionKey, GuardName, StrategyKey};

/// One guard's hold on a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restraint {
    pub action: GuardAction,
    pub guard: GuardName,
    pub since: DateTime<Utc>,
}

/// All that hold one run: everywhere, or on some exchanges only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restraints {
    everywhere: Option<Restraint>,
    /// By exchange in lower case.
    accounts: BTreeMap<String, Restraint>,
}

impl Restraints {
    pub fn is_free(&self) -> bool {
        self.everywhere.is_none() && self.accounts.is_empty()
    }

    /// What holds on an exchange: the strictest.
    pub fn on(&self, exchange: &str) -> Option<&Restraint> {
        let account = self.accounts.get(&exchange.to_ascii_lowercase());
        match (account, &self.everywhere) {
            (Some(account), Some(everywhere)) if account.action > everywhere.action => {
                Some(account)
            }
            (_, Some(everywhere)) => Some(everywhere),
            (account, None) => account,
        }
    }

    /// The guard because of which no order of the run can pass, wherever it is for.
    pub fn blocks_everything(&self) -> Option<&Restraint> {
        let everywhere = self.everywhere.as_ref();
        everywhere.filter(|restraint| restraint.action > GuardAction::ReduceOnly)
    }
}

impl RiskGuards {
    /// What holds a run of this instance.
    pub fn restraints(&self, key: &StrategyKey, definition: Option<&DefinitionKey>) -> Restraints {
        let mut restraints = Restraints::default();
        for (name, guard) in self.all() {
            let Some(trip) = &guard.trip else { continue };
            let restraint = || Restraint {
                action: guard.rule.action,
                guard: name.clone(),
                since: trip.tripped_at,
            };
            match &guard.rule.scope {
                GuardScope::Account(exchange) => {
                    let exchange = exchange.to_ascii_lowercase();
                    let held = restraints
                        .accounts
                        .entry(exchange)
                        .or_insert_with(restraint);
                    if held.action < guard.rule.action {
                        *held = restraint();
                    }
                }
                scope if scope.covers(key, definition, "") => {
                    let held = restraints.everywhere.get_or_insert_with(restraint);
                    if held.action < guard.rule.action {
                        *held = restraint();
                    }
                }
                GuardScope::System | GuardScope::Definition(_) | GuardScope::Instance(_) => {}
            }
        }
        restraints
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::examples::{rule, trip};
    use crate::guard::{GuardEvent, GuardRule};

    fn guards(tripped: &[(&str, GuardScope, GuardAction)]) -> RiskGuards {
        let mut guards = RiskGuards::default();
        for (name, scope, action) in tripped {
            let (name, scope, action) = (GuardName::new(*name), scope.clone(), *action);
            let rule = GuardRule {
                scope,
                action,
                ..rule()
            };
            let set_at = crate::examples::at(1);
            guards.fold(GuardEvent::GuardSet {
                name: name.clone(),
                rule,
                set_at,
            });
            let trip = trip();
            guards.fold(GuardEvent::GuardTripped { name, trip });
        }
        guards
    }

    fn of(guards: &RiskGuards) -> Restraints {
        guards.restraints(&StrategyKey::new("u-c-mm"), Some(&DefinitionKey::new("mm")))
    }

    #[test]
    fn the_strictest_guard_holds() {
        let definition = GuardScope::Definition(DefinitionKey::new("mm"));
        let instance = GuardScope::Instance(StrategyKey::new("u-c-mm"));
        let held = of(&guards(&[
            ("a", GuardScope::System, GuardAction::ReduceOnly),
            ("b", definition, GuardAction::Flatten),
            ("c", instance, GuardAction::Pause),
        ]));
        assert_eq!(held.on("binance").unwrap().guard, GuardName::new("b"));
        assert!(held.blocks_everything().is_some());
    }

    #[test]
    fn an_account_is_held_by_itself() {
        let account = GuardScope::Account("Mexc".to_owned());
        let held = of(&guards(&[
            ("a", GuardScope::System, GuardAction::ReduceOnly),
            ("b", account, GuardAction::Pause),
        ]));
        assert_eq!(held.on("mexc").unwrap().action, GuardAction::Pause);
        assert_eq!(held.on("binance").unwrap().action, GuardAction::ReduceOnly);
        assert!(held.blocks_everything().is_none());
    }

    #[test]
    fn others_guards_and_armed_ones_hold_nobody() {
        let other = GuardScope::Instance(StrategyKey::new("u-c-volume"));
        let mut guards = guards(&[("a", other, GuardAction::Pause)]);
        guards.fold(crate::guard::examples::set());
        assert!(of(&guards).is_free());
    }
}

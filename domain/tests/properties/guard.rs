//! Any sequence of commands to the guards.

use std::collections::BTreeMap;

use domain::guard::{
    GuardAction, GuardCommand, GuardEvent, GuardRule, GuardScope, LossLimit, RemoveGuard,
    ResetGuard, RiskGuards, SetGuard, Trip, TripGuard,
};
use domain::ids::{GuardName, StrategyKey};
use proptest::prelude::*;

use super::{Live, config};
use crate::examples::at;

fn name() -> impl Strategy<Value = GuardName> {
    prop_oneof![Just("a"), Just("b"), Just("No name")].prop_map(GuardName::new)
}

fn rule() -> impl Strategy<Value = GuardRule> {
    let scope = prop_oneof![
        Just(GuardScope::System),
        Just(GuardScope::Account("binance".to_owned())),
        Just(GuardScope::Instance(StrategyKey::new("u-c-volume"))),
    ];
    let action = prop_oneof![
        Just(GuardAction::ReduceOnly),
        Just(GuardAction::Pause),
        Just(GuardAction::Flatten)
    ];
    let amount = || proptest::option::of(-1..3_i64);
    let currency = prop_oneof![Just("USDT"), Just("EUR")];
    (scope, currency, amount(), amount(), action).prop_map(
        |(scope, currency, loss, drawdown, action)| GuardRule {
            scope,
            currency: currency.to_owned(),
            loss: loss.map(Into::into),
            drawdown: drawdown.map(Into::into),
            action,
        },
    )
}

fn command() -> impl Strategy<Value = GuardCommand> {
    prop_oneof![
        3 => (name(), rule())
            .prop_map(|(name, rule)| GuardCommand::Set(SetGuard { name, rule, set_at: at(1) })),
        1 => name().prop_map(|name| GuardCommand::Remove(RemoveGuard { name, removed_at: at(2) })),
        3 => (name(), 0..8_u64).prop_map(|(name, arming)| {
            let trip = Trip {
                limit: LossLimit::Loss,
                amount: 2.into(),
                profit: (-2).into(),
                highest: 0.into(),
                position: 9,
                tripped_at: at(3),
            };
            GuardCommand::Trip(TripGuard { name, arming, trip })
        }),
        2 => name().prop_map(|name| GuardCommand::Reset(ResetGuard { name, reset_at: at(4) })),
    ]
}

proptest! {
    #![proptest_config(config())]

    /// What tripped stays so until it is reset, and only what trips can be reset.
    #[test]
    fn a_trip_is_latched(commands in proptest::collection::vec(command(), 1..40)) {
        let mut live = Live::<RiskGuards>::new(());
        let mut tripped: BTreeMap<GuardName, bool> = BTreeMap::new();
        for command in commands {
            for event in live.take(command).unwrap_or_default() {
                let before = tripped.get(event.name()).copied();
                let after = match &event {
                    GuardEvent::GuardSet { rule, .. } => {
                        prop_assert_ne!(before, Some(true));
                        prop_assert!(rule.loss.is_some() || rule.drawdown.is_some());
                        Some(false)
                    }
                    GuardEvent::GuardTripped { .. } => {
                        prop_assert_eq!(before, Some(false));
                        Some(true)
                    }
                    GuardEvent::GuardReset { .. } => {
                        prop_assert_eq!(before, Some(true));
                        Some(false)
                    }
                    GuardEvent::GuardRemoved { .. } => {
                        prop_assert_eq!(before, Some(false));
                        None
                    }
                };
                match after {
                    Some(after) => tripped.insert(event.name().clone(), after),
                    None => tripped.remove(event.name()),
                };
            }
            let shown = live.aggregate.all();
            let shown = shown.map(|(name, guard)| (name.clone(), guard.trip.is_some()));
            prop_assert_eq!(shown.collect::<BTreeMap<_, _>>(), tripped.clone());
        }
        live.assert_rebuilt_is_live();
    }
}

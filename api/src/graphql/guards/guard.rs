//! One guard as it is now.

use async_graphql::{Enum, SimpleObject};
use domain::guard::{self, GuardScope, Measure};
use domain::ids::GuardName;

use crate::graphql::scalars::{Exact, Place, Time};

/// Amounts are in `currency`: trades of pairs with another quote currency do not count.
#[derive(Debug, SimpleObject)]
pub(super) struct Guard {
    name: String,
    scope: GuardScopeKind,
    /// An exchange, a definition's key or an instance's key; null for the whole system.
    target: Option<String>,
    currency: String,
    /// Trips when the profit is so far below what it was when the guard was armed.
    loss: Option<Exact>,
    /// Trips when the profit is so far below the highest since then.
    drawdown: Option<Exact>,
    action: GuardAction,
    /// Set: the action holds until somebody resets the guard.
    trip: Option<GuardTrip>,
    /// What was measured since the guard was armed; null while it has tripped, and on a server that
    /// does not run the instances.
    measure: Option<GuardMeasure>,
}

/// Whose profits are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum GuardScopeKind {
    /// Every run.
    System,
    /// Everything on one exchange.
    Account,
    /// Every run that was started from one definition.
    Definition,
    /// Every run of one instance.
    Instance,
}

/// What runs may still do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guard::GuardAction")]
pub(super) enum GuardAction {
    /// Only orders that bring a position closer to zero.
    ReduceOnly,
    /// Nothing: all orders are taken off. What is held stays.
    Pause,
    /// All orders are taken off, and what is held is closed at what the market gives.
    Flatten,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "guard::LossLimit")]
pub(super) enum LossLimit {
    Loss,
    Drawdown,
}

/// How it came to it.
#[derive(Debug, SimpleObject)]
pub(super) struct GuardTrip {
    limit: LossLimit,
    /// The limit itself.
    amount: Exact,
    /// Since the guard was armed.
    profit: Exact,
    /// The highest profit since then; never below zero.
    highest: Exact,
    /// The event that brought it to this.
    position: Place,
    at: Time,
}

#[derive(Debug, SimpleObject)]
pub(super) struct GuardMeasure {
    profit: Exact,
    /// Never below zero.
    highest: Exact,
}

impl Guard {
    pub(super) fn of(name: &GuardName, guard: &guard::Guard, measure: Option<Measure>) -> Self {
        let rule = &guard.rule;
        let scope = match &rule.scope {
            GuardScope::System => GuardScopeKind::System,
            GuardScope::Account(_) => GuardScopeKind::Account,
            GuardScope::Definition(_) => GuardScopeKind::Definition,
            GuardScope::Instance(_) => GuardScopeKind::Instance,
        };
        Self {
            name: name.to_string(),
            scope,
            target: rule.scope.target().map(str::to_owned),
            currency: rule.currency.clone(),
            loss: rule.loss.as_ref().map(Exact::from),
            drawdown: rule.drawdown.as_ref().map(Exact::from),
            action: rule.action.into(),
            trip: guard.trip.as_ref().map(|trip| GuardTrip {
                limit: trip.limit.into(),
                amount: (&trip.amount).into(),
                profit: (&trip.profit).into(),
                highest: (&trip.highest).into(),
                position: event_store::Position(trip.position).into(),
                at: trip.tripped_at.into(),
            }),
            measure: measure.map(|measure| GuardMeasure {
                profit: measure.profit.into(),
                highest: measure.highest.into(),
            }),
        }
    }
}

//! The guards that tests are about.

use cqrs_es::test::{AggregateResultValidator, TestFramework};

use super::{
    GuardAction, GuardCommand, GuardEvent, GuardRule, GuardScope, LossLimit, RiskGuards, Trip,
};
use crate::examples::at;
use crate::ids::GuardName;

pub(super) fn name() -> GuardName {
    GuardName::new("desk")
}

/// At most 100 USDT lost by everybody together, else nobody trades.
pub(super) fn rule() -> GuardRule {
    GuardRule {
        scope: GuardScope::System,
        currency: "USDT".to_owned(),
        loss: Some(100.into()),
        drawdown: None,
        action: GuardAction::Pause,
    }
}

pub(super) fn set() -> GuardEvent {
    GuardEvent::GuardSet {
        name: name(),
        rule: rule(),
        set_at: at(1),
    }
}

pub(super) fn trip() -> Trip {
    Trip {
        limit: LossLimit::Loss,
        amount: 100.into(),
        profit: (-103).into(),
        highest: 7.into(),
        position: 42,
        tripped_at: at(2),
    }
}

pub(super) fn tripped() -> GuardEvent {
    GuardEvent::GuardTripped {
        name: name(),
        trip: trip(),
    }
}

pub(super) fn reset() -> GuardEvent {
    GuardEvent::GuardReset {
        name: name(),
        reset_at: at(3),
    }
}

pub(super) fn when(
    history: Vec<GuardEvent>,
    command: GuardCommand,
) -> AggregateResultValidator<RiskGuards> {
    TestFramework::with(()).given(history).when(command)
}

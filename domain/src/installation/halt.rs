//! The emergency stop: trading is halted for everybody, and stays so until somebody resumes it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Installation, InstallationEvent};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    pub reason: String,
    pub since: DateTime<Utc>,
}

/// Halting twice keeps the first reason: it is the one that began the halt.
pub(super) fn halt(
    installation: &Installation,
    reason: String,
    at: DateTime<Utc>,
) -> Option<InstallationEvent> {
    installation
        .halt
        .is_none()
        .then_some(InstallationEvent::TradingHalted {
            reason,
            halted_at: at,
        })
}

pub(super) fn resume(installation: &Installation, at: DateTime<Utc>) -> Option<InstallationEvent> {
    installation
        .halt
        .is_some()
        .then_some(InstallationEvent::TradingResumed { resumed_at: at })
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::{AggregateResultValidator, TestFramework};

    use super::*;
    use crate::examples::at;
    use crate::installation::InstallationCommand;

    fn halted(reason: &str) -> InstallationEvent {
        InstallationEvent::TradingHalted {
            reason: reason.to_owned(),
            halted_at: at(1),
        }
    }

    fn resumed() -> InstallationEvent {
        InstallationEvent::TradingResumed { resumed_at: at(2) }
    }

    fn when_halted(
        history: Vec<InstallationEvent>,
        reason: &str,
    ) -> AggregateResultValidator<Installation> {
        let reason = reason.to_owned();
        let command = InstallationCommand::HaltTrading { reason, at: at(1) };
        TestFramework::with(()).given(history).when(command)
    }

    fn when_resumed(history: Vec<InstallationEvent>) -> AggregateResultValidator<Installation> {
        let command = InstallationCommand::ResumeTrading { at: at(2) };
        TestFramework::with(()).given(history).when(command)
    }

    #[test]
    fn trading_is_halted_once_and_keeps_its_first_reason() {
        when_halted(vec![], "venue misprices").then_expect_events(vec![halted("venue misprices")]);
        when_halted(vec![halted("venue misprices")], "other").then_expect_events(vec![]);
    }

    #[test]
    fn only_somebody_resumes_it() {
        when_resumed(vec![]).then_expect_events(vec![]);
        when_resumed(vec![halted("a")]).then_expect_events(vec![resumed()]);
        when_halted(vec![halted("a"), resumed()], "b").then_expect_events(vec![halted("b")]);
    }
}

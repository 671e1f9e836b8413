//! Takes the decision behind an order again, from what was recorded of what it saw.

use anyhow::Context;
use domain::execution::Execution;
use event_store::{EventLog, Recorded};
use strategies::{Decision, MarketSnapshot, OwnState, Strategist, built_in_strategies};

use super::comparison::Comparison;
use super::recorded_decision::RecordedDecision;
use super::trail::{PAGE, Trail};
use crate::outcome::Outcome;

#[derive(Debug)]
pub(super) enum Again {
    Taken(Comparison),
    /// Why it cannot be.
    Impossible(String),
}

impl Again {
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Taken(compared) => Outcome::of(compared.differences.is_empty()),
            Self::Impossible(_) => Outcome::Fine,
        }
    }
}

pub(super) async fn decide_again(log: &dyn EventLog, trail: &Trail) -> anyhow::Result<Again> {
    let Some((_, run)) = &trail.started else {
        return Ok(impossible(
            "the run was imported: the log does not hold what it was started with",
        ));
    };
    let Some(recorded) = RecordedDecision::of(log, &trail.decided).await? else {
        return Ok(impossible(
            "the log does not hold what it saw: a release that did not record that took it, or the order closed what its run held",
        ));
    };
    let mut strategies = built_in_strategies().into_iter();
    let strategy = strategies.find(|strategy| strategy.executor_type() == run.executor_type);
    let Some(strategy) = strategy else {
        return Ok(impossible(&format!(
            "{} is not a strategy that comes with this release",
            run.executor_type
        )));
    };
    let strategist = match strategy.parse(trail.config(run)) {
        Ok(strategist) => strategist,
        Err(violations) => {
            let told = violations
                .iter()
                .map(|violation| violation.message.as_str());
            let told: Vec<&str> = told.collect();
            return Ok(impossible(&format!(
                "this release cannot read the run's configuration: {}",
                told.join("; ")
            )));
        }
    };
    let before = state_at(log, &trail.decided, recorded.seen.version).await?;
    let decision = decide(strategist.as_ref(), &before, &recorded);
    Ok(Again::Taken(Comparison::of(recorded, decision, &before)))
}

fn impossible(why: &str) -> Again {
    Again::Impossible(why.to_owned())
}

fn decide(
    strategist: &dyn Strategist,
    before: &Execution,
    recorded: &RecordedDecision,
) -> Decision {
    let seen = &recorded.seen;
    let market = MarketSnapshot {
        read_at: seen.read_at,
        ..MarketSnapshot::of_seen(&seen.markets)
    };
    strategist.decide(&market, &OwnState::as_seen(before, seen, recorded.tick_at))
}

/// What the run knew of itself: all of it is in its stream.
async fn state_at(
    log: &dyn EventLog,
    of: &Recorded,
    last_version: u64,
) -> anyhow::Result<Execution> {
    let mut execution = Execution::default();
    let mut version = 0;
    while version < last_version {
        let events = log.load(&of.stream, version, PAGE).await?;
        let last = events
            .last()
            .context("the run's stream ends before its decision")?;
        version = last.version;
        for recorded in events.iter().filter(|event| event.version <= last_version) {
            execution.fold([recorded.decode_as()?]);
        }
    }
    Ok(execution)
}

//! A small history in which nothing is left to chance: ids, times, everybody who did something.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::FixedClock;
use event_store::{Actor, Append, Expected, Metadata, NewEvent, Role, Source, StreamName};
use uuid::Uuid;

use crate::database::Database;

pub(crate) const DEFINITION: &str = "strategy_definition/pure-market-making";
pub(crate) const INSTANCE: &str = "strategy_instance/user123-order-7-pureMarketMaking";
pub(crate) const EXECUTION: &str = "execution/user123-order-7-pureMarketMaking#1";
const SWITCHES: &str = "installation/installation";

/// One event: its stream, the golden file of its payload, who did it through what, and which event
/// before it (by position) it was made necessary by.
type Line = (&'static str, &'static str, &'static str, Source, u64);

/// How many events there are.
pub(crate) const LENGTH: u64 = LINES.len() as u64;
/// How many of them are there when a first checkpoint is signed.
pub(crate) const FIRST_PART: u64 = 8;

const LINES: [Line; 12] = [
    (DEFINITION, "definition_created", "seed", Source::Seed, 0),
    (
        DEFINITION,
        "definition_published",
        "ana",
        Source::Graphql,
        0,
    ),
    (INSTANCE, "instance_started", "ana", Source::LegacyRest, 0),
    (
        EXECUTION,
        "execution_opened",
        "executor:pureMarketMaking",
        Source::Executor,
        3,
    ),
    (
        EXECUTION,
        "order_intended",
        "executor:pureMarketMaking",
        Source::Executor,
        3,
    ),
    (
        EXECUTION,
        "order_acknowledged",
        "executor:pureMarketMaking",
        Source::Executor,
        3,
    ),
    (
        EXECUTION,
        "order_filled",
        "executor:pureMarketMaking",
        Source::Executor,
        3,
    ),
    (
        SWITCHES,
        "dynamic_flow_switched",
        "bob",
        Source::CommandLine,
        0,
    ),
    (INSTANCE, "instance_stopped", "ana", Source::LegacyRest, 0),
    (
        EXECUTION,
        "cancel_intended",
        "executor:pureMarketMaking",
        Source::Executor,
        9,
    ),
    (
        EXECUTION,
        "order_cancelled",
        "executor:pureMarketMaking",
        Source::Executor,
        9,
    ),
    (
        EXECUTION,
        "execution_closed",
        "executor:pureMarketMaking",
        Source::Executor,
        9,
    ),
];

impl Database {
    /// The whole history.
    pub(crate) async fn with_history(&self) {
        self.record(1, LENGTH).await;
    }

    /// The events from one position to another.
    pub(crate) async fn record(&self, from: u64, to: u64) {
        for position in from..=to {
            let clock = Arc::new(FixedClock(time_of(position)));
            let log = event_store::open(&self.url, clock).await.unwrap();
            let appended = log.append(event(position)).await.unwrap();
            assert_eq!(appended.position.0, position);
            log.close().await;
        }
    }
}

/// One a minute.
pub(crate) fn time_of(position: u64) -> DateTime<Utc> {
    let noon: DateTime<Utc> = "2026-11-22T12:00:00.123456Z".parse().unwrap();
    noon + TimeDelta::minutes(position.cast_signed())
}

pub(crate) fn id_of(position: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(position))
}

fn event(position: u64) -> Append {
    let (stream, golden, actor, source, cause) = LINES[usize::try_from(position).unwrap() - 1];
    let (kind, id) = stream.split_once('/').unwrap();
    let role = match source {
        Source::Seed | Source::Executor => Role::System,
        _ => Role::Admin,
    };
    // All that happened because of one event belongs together
    let undertaking = if cause == 0 { position } else { cause };
    let correlation = Uuid::from_u128(0xc0 + u128::from(undertaking));
    let mut metadata = Metadata::new(Actor::new(actor, role), source, correlation);
    if cause > 0 {
        metadata = metadata.caused_by(id_of(cause));
    }
    if source == Source::CommandLine {
        metadata = metadata.because("over the holidays,\tas \"agreed\"");
    }
    Append {
        stream: StreamName::new(kind, id),
        expected: Expected::Any,
        events: vec![new_event(position, golden)],
        metadata,
        unchanged: vec![],
        idempotency: None,
    }
}

fn new_event(position: u64, golden: &str) -> NewEvent {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/tests/golden");
    let text = std::fs::read_to_string(format!("{folder}/{golden}.v1.json")).unwrap();
    let payload: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (event_type, _) = payload.as_object().unwrap().iter().next().unwrap();
    NewEvent {
        event_id: id_of(position),
        event_type: event_type.clone(),
        event_version: "1.0".to_owned(),
        // One is stored over several lines, as any JSON may be
        payload: if golden == "instance_stopped" {
            text
        } else {
            payload.to_string()
        },
    }
}

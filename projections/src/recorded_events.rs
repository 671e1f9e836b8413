//! Envelopes for the folds' unit tests.

use chrono::{DateTime, TimeDelta, Utc};
use event_store::{Actor, Metadata, Position, Recorded, Role, Source, StreamName};
use uuid::Uuid;

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// The envelope of a stream's event number `version`, by alice, at ten times that position.
pub(crate) fn recorded(aggregate_type: &str, aggregate_id: &str, version: u64) -> Recorded {
    let metadata = Metadata::new(
        Actor::new("alice", Role::Admin),
        Source::Rest,
        Uuid::from_u128(0),
    );
    Recorded {
        position: Position(version * 10),
        stream: StreamName::new(aggregate_type, aggregate_id),
        version,
        event_id: Uuid::from_u128(1),
        event_type: String::new(),
        event_version: String::new(),
        payload: String::new(),
        metadata: serde_json::to_string(&metadata.because("to test")).unwrap(),
        recorded_at: at(0),
    }
}

//! Small events to fill logs with.

use event_store::{Actor, Append, Expected, Metadata, NewEvent, Role, Source, StreamName};
use uuid::Uuid;

pub(crate) fn stream(id: &str) -> StreamName {
    StreamName::new("counter", id)
}

pub(crate) fn metadata() -> Metadata {
    let actor = Actor::new("tester", Role::System);
    Metadata::new(actor, Source::CommandLine, Uuid::from_u128(7)).because("a test")
}

pub(crate) fn event(payload: &str) -> NewEvent {
    NewEvent {
        event_id: Uuid::new_v4(),
        event_type: "Counted".to_owned(),
        event_version: "1.0".to_owned(),
        payload: payload.to_owned(),
    }
}

pub(crate) fn counted(by: u64) -> NewEvent {
    event(&format!(r#"{{"Counted":{{"by":{by}}}}}"#))
}

pub(crate) fn counts(how_many: u64) -> Vec<NewEvent> {
    (1..=how_many).map(counted).collect()
}

pub(crate) fn append(stream: StreamName, expected: Expected, events: Vec<NewEvent>) -> Append {
    Append {
        stream,
        expected,
        events,
        metadata: metadata(),
        unchanged: vec![],
        idempotency: None,
    }
}

/// One event for a stream that is at `version`.
pub(crate) fn one(id: &str, version: u64) -> Append {
    append(stream(id), Expected::Version(version), counts(1))
}

//! From decided events to what is stored.

use cqrs_es::DomainEvent;
use uuid::Uuid;

use crate::error::StoreError;
use crate::log::NewEvent;

/// A command's events as they will be stored.
pub(crate) struct Encoded {
    pub(crate) events: Vec<NewEvent>,
    pub(crate) last_event: Uuid,
    /// A rebuild will see exactly the events that were decided.
    pub(crate) reads_back: bool,
}

/// An event that cannot be decoded again would make its stream unreadable for ever, so it is not
/// stored.
pub(crate) fn encode<E: DomainEvent>(events: &[E]) -> Result<Encoded, StoreError> {
    let mut encoded = Encoded {
        events: Vec::with_capacity(events.len()),
        last_event: Uuid::nil(),
        reads_back: true,
    };
    for event in events {
        let failed = |error| StoreError::Failed(Box::new(error));
        let payload = serde_json::to_string(event).map_err(failed)?;
        let read: E = serde_json::from_str(&payload).map_err(failed)?;
        encoded.reads_back &= read == *event;
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the edge where event ids are minted"
        )]
        let event_id = Uuid::now_v7();
        encoded.last_event = event_id;
        encoded.events.push(NewEvent {
            event_id,
            event_type: event.event_type(),
            event_version: event.event_version(),
            payload,
        });
    }
    Ok(encoded)
}

//! From decided events to what is stored.

use cqrs_es::DomainEvent;
use uuid::Uuid;

use crate::error::StoreError;
use crate::log::NewEvent;

/// A command's events as they will be stored.
#[derive(Debug)]
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

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    enum Noted {
        Noted { note: Option<Value> },
    }

    impl DomainEvent for Noted {
        fn event_type(&self) -> String {
            "Noted".to_owned()
        }

        fn event_version(&self) -> String {
            "1.0".to_owned()
        }
    }

    fn noted(note: Value) -> Noted {
        Noted::Noted { note: Some(note) }
    }

    #[test]
    fn an_event_that_could_not_be_read_again_is_not_stored() {
        let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));

        assert!(encode(&[noted(json!(1)), noted(deep)]).is_err());
    }

    #[test]
    fn an_event_that_reads_back_as_another_is_noticed() {
        let exact = encode(&[noted(json!({"price": 1.50}))]).unwrap();
        let lossy = encode(&[noted(Value::Null)]).unwrap();

        assert!(exact.reads_back);
        assert!(!lossy.reads_back);
        assert_eq!(exact.events.len(), 1);
        assert_eq!(exact.last_event, exact.events[0].event_id);
    }
}

//! One file per change of an event's shape; applied to old events as they are read.
//!
//! An upcaster lifts one version of one event to the next. A chain of them lifts any old event to
//! today's shape; what is stored never changes.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::Value;

use crate::error::StoreError;
use crate::recorded::Recorded;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Lifts events of one type from one version to the next.
pub trait Upcaster: std::fmt::Debug + Send + Sync {
    /// Which events it takes: aggregate type, event type, event version.
    fn from(&self) -> (&'static str, &'static str, &'static str);

    /// The version of what [`Upcaster::upcast`] returns.
    fn to_version(&self) -> &'static str;

    /// The new payload, externally tagged like the old; its tag is the type from then on.
    fn upcast(&self, payload: Value) -> Result<Value, Source>;
}

/// A chain of upcasters. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Upcasters(Arc<Vec<Box<dyn Upcaster>>>);

impl Upcasters {
    /// Those of this release: none yet, every event ever stored has today's shape.
    pub fn released() -> Self {
        Self::new([])
    }

    /// Events as they were stored, for whoever hashes or copies them.
    pub fn none() -> Self {
        Self::default()
    }

    pub fn new(upcasters: impl IntoIterator<Item = Box<dyn Upcaster>>) -> Self {
        Self(Arc::new(upcasters.into_iter().collect()))
    }

    pub(crate) fn apply_all(&self, events: Vec<Recorded>) -> Result<Vec<Recorded>, StoreError> {
        if self.0.is_empty() {
            return Ok(events);
        }
        events.into_iter().map(|event| self.apply(event)).collect()
    }

    /// Lifts an event as far as the chain reaches. One nobody takes keeps its very bytes.
    pub fn apply(&self, recorded: Recorded) -> Result<Recorded, StoreError> {
        match self.find(&recorded) {
            Some(_) => self.lift(recorded),
            None => Ok(recorded),
        }
    }

    fn lift(&self, mut recorded: Recorded) -> Result<Recorded, StoreError> {
        let mut payload: Value = serde_json::from_str(&recorded.payload)
            .map_err(|source| unreadable(&recorded, source.into()))?;
        // Each step must leave its version behind, so there are no more steps than upcasters
        for _ in 0..self.0.len() {
            let Some(upcaster) = self.find(&recorded) else {
                break;
            };
            payload = upcaster
                .upcast(payload)
                .map_err(|source| unreadable(&recorded, source))?;
            upcaster
                .to_version()
                .clone_into(&mut recorded.event_version);
            // What was lifted may be called otherwise now
            if let Some(tag) = payload.as_object().and_then(|tagged| tagged.keys().next()) {
                tag.clone_into(&mut recorded.event_type);
            }
        }
        recorded.payload = payload.to_string();
        Ok(recorded)
    }

    fn find(&self, recorded: &Recorded) -> Option<&dyn Upcaster> {
        let event = (
            recorded.stream.aggregate_type.as_str(),
            recorded.event_type.as_str(),
            recorded.event_version.as_str(),
        );
        let upcaster = self.0.iter().find(|upcaster| upcaster.from() == event);
        upcaster.map(AsRef::as_ref)
    }
}

fn unreadable(recorded: &Recorded, source: Source) -> StoreError {
    StoreError::Unreadable {
        position: recorded.position.0,
        stream: recorded.stream.clone(),
        source,
    }
}

//! Which events somebody wants to see.

use chrono::{DateTime, Utc};
use event_store::{Metadata, Recorded, Source};
use uuid::Uuid;

/// The default is all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventFilter {
    pub stream_types: Option<Vec<String>>,
    /// Of the one stream type that is named.
    pub stream_id: Option<String>,
    pub types: Option<Vec<String>>,
    pub actor: Option<String>,
    pub sources: Option<Vec<Source>>,
    /// Recorded then or later.
    pub from: Option<DateTime<Utc>>,
    /// Recorded before.
    pub until: Option<DateTime<Utc>>,
    pub correlation_id: Option<Uuid>,
    pub causation_id: Option<Uuid>,
}

/// An event with its metadata read.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadated {
    pub recorded: Recorded,
    pub metadata: Metadata,
}

impl EventFilter {
    /// Nothing is left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The event with its metadata, if it is wanted.
    pub fn admit(&self, recorded: Recorded) -> Result<Option<Metadated>, serde_json::Error> {
        if !self.admits_envelope(&recorded) {
            return Ok(None);
        }
        let metadata = recorded.metadata()?;
        let admitted = self.admits_metadata(&metadata);
        Ok(admitted.then_some(Metadated { recorded, metadata }))
    }

    /// Whether the event is wanted. One whose metadata cannot be read is, where nothing is asked of it.
    pub fn admits(&self, recorded: &Recorded) -> bool {
        let asked = self.actor.is_some()
            || self.sources.is_some()
            || self.correlation_id.is_some()
            || self.causation_id.is_some();
        let told = || {
            recorded
                .metadata()
                .is_ok_and(|told| self.admits_metadata(&told))
        };
        self.admits_envelope(recorded) && (!asked || told())
    }

    fn admits_envelope(&self, recorded: &Recorded) -> bool {
        let among = |wanted: &Option<Vec<String>>, value: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.iter().any(|one| one == value))
        };
        let stream = &recorded.stream;
        let id_fits = self
            .stream_id
            .as_ref()
            .is_none_or(|id| *id == stream.aggregate_id);
        among(&self.stream_types, &stream.aggregate_type)
            && id_fits
            && among(&self.types, &recorded.event_type)
            && self.from.is_none_or(|from| recorded.recorded_at >= from)
            && self.until.is_none_or(|until| recorded.recorded_at < until)
    }

    fn admits_metadata(&self, metadata: &Metadata) -> bool {
        let actor = &metadata.actor.name;
        let sources = self.sources.as_ref();
        let correlated = self
            .correlation_id
            .is_none_or(|id| id == metadata.correlation_id);
        let caused = self
            .causation_id
            .is_none_or(|id| metadata.causation_id == Some(id));
        self.actor.as_ref().is_none_or(|wanted| wanted == actor)
            && sources.is_none_or(|sources| sources.contains(&metadata.source))
            && correlated
            && caused
    }
}

//! An event as the log holds it.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::event::{DecodeError, Event, decode_as, require_label};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::metadata::Metadata;

/// Where an event stands in the one order of all events: 1, 2, 3, … without gaps. A string in
/// JSON, because it outgrows what JavaScript can count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u64);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Position {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// A stream: all events of one aggregate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName {
    /// One of [`domain::event::aggregate_type`].
    pub aggregate_type: String,
    pub aggregate_id: String,
}

impl StreamName {
    pub fn new(aggregate_type: impl Into<String>, aggregate_id: impl Into<String>) -> Self {
        Self {
            aggregate_type: aggregate_type.into(),
            aggregate_id: aggregate_id.into(),
        }
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.aggregate_type, self.aggregate_id)
    }
}

/// One event, as stored and (where its shape is old) upcast.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub position: Position,
    pub stream: StreamName,
    /// 1 for the first event of the stream; cqrs-es calls it the sequence.
    pub version: u64,
    pub event_id: Uuid,
    pub event_type: String,
    pub event_version: String,
    /// The JSON text as stored, so that it can be hashed, compared and decoded without loss.
    pub payload: String,
    /// The JSON text of [`Metadata`].
    pub metadata: String,
    pub recorded_at: DateTime<Utc>,
}

/// An event whose texts lie where they were read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EventFields<'a> {
    pub(crate) position: Position,
    pub(crate) aggregate_type: &'a str,
    pub(crate) aggregate_id: &'a str,
    pub(crate) version: u64,
    pub(crate) event_id: Uuid,
    pub(crate) event_type: &'a str,
    pub(crate) event_version: &'a str,
    pub(crate) payload: &'a str,
    pub(crate) metadata: &'a str,
    pub(crate) recorded_at: DateTime<Utc>,
}

impl From<EventFields<'_>> for Recorded {
    fn from(event: EventFields<'_>) -> Self {
        Self {
            position: event.position,
            stream: StreamName::new(event.aggregate_type, event.aggregate_id),
            version: event.version,
            event_id: event.event_id,
            event_type: event.event_type.to_owned(),
            event_version: event.event_version.to_owned(),
            payload: event.payload.to_owned(),
            metadata: event.metadata.to_owned(),
            recorded_at: event.recorded_at,
        }
    }
}

impl Recorded {
    pub(crate) fn fields(&self) -> EventFields<'_> {
        EventFields {
            position: self.position,
            aggregate_type: &self.stream.aggregate_type,
            aggregate_id: &self.stream.aggregate_id,
            version: self.version,
            event_id: self.event_id,
            event_type: &self.event_type,
            event_version: &self.event_version,
            payload: &self.payload,
            metadata: &self.metadata,
            recorded_at: self.recorded_at,
        }
    }

    pub fn decode(&self) -> Result<Event, DecodeError> {
        let event = Event::decode(&self.stream.aggregate_type, &self.payload)?;
        self.require_label()?;
        Ok(event)
    }

    /// For a reader of one aggregate's events.
    pub fn decode_as<E: DeserializeOwned>(&self) -> Result<E, DecodeError> {
        let event = decode_as(&self.stream.aggregate_type, &self.payload)?;
        self.require_label()?;
        Ok(event)
    }

    fn require_label(&self) -> Result<(), DecodeError> {
        let label = (self.event_type.as_str(), self.event_version.as_str());
        require_label(&self.stream.aggregate_type, &self.payload, label)
    }

    pub fn metadata(&self) -> Result<Metadata, serde_json::Error> {
        serde_json::from_str(&self.metadata)
    }
}

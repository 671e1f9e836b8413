//! An event as the feed's subscribers get it: the same members, in the same words, as GraphQL's.

use chrono::SecondsFormat;
use event_store::Recorded;
use serde_json::value::RawValue;

/// The members are those of GraphQL's `Event`; payload and metadata are byte for byte as stored.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventJson {
    position: String,
    event_id: String,
    stream_type: String,
    stream_id: String,
    stream_version: u64,
    #[serde(rename = "type")]
    event_type: String,
    type_version: String,
    recorded_at: String,
    payload: Box<RawValue>,
    metadata: Box<RawValue>,
}

impl EventJson {
    pub(crate) fn try_new(recorded: Recorded) -> Result<Self, serde_json::Error> {
        let recorded_at = recorded.recorded_at;
        Ok(Self {
            position: recorded.position.to_string(),
            event_id: recorded.event_id.to_string(),
            stream_type: recorded.stream.aggregate_type,
            stream_id: recorded.stream.aggregate_id,
            stream_version: recorded.version,
            event_type: recorded.event_type,
            type_version: recorded.event_version,
            recorded_at: recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            payload: RawValue::from_string(recorded.payload)?,
            metadata: RawValue::from_string(recorded.metadata)?,
        })
    }
}

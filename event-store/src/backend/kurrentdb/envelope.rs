//! An event as it stands in KurrentDB: the payload is its data, and all else that the log records of it
//! its metadata, under names that KurrentDB's own projections know where there are such.

use std::borrow::Cow;

use chrono::DateTime;
use eventstore::{EventData, RecordedEvent};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::trouble::Foreign;
use crate::backend::trouble::{Kind, Trouble};
use crate::recorded::{Position, Recorded, StreamName};
use crate::restore::StoredAnswer;

/// What stands around an event's payload, metadata and names: the envelope's own names, its numbers
/// and ids, which take 300 bytes.
pub(super) const OVERHEAD: usize = 512;

/// Stored with every event: add optional fields, never rename or remove them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(rename = "$correlationId", skip_serializing_if = "Option::is_none")]
    correlation_id: Option<Uuid>,
    #[serde(rename = "$causationId", skip_serializing_if = "Option::is_none")]
    causation_id: Option<Uuid>,
    #[serde(borrow)]
    aggregate_type: Cow<'a, str>,
    #[serde(borrow)]
    aggregate_id: Cow<'a, str>,
    sequence: u64,
    #[serde(borrow)]
    event_version: Cow<'a, str>,
    /// Microseconds since 1970, UTC.
    recorded_at: i64,
    #[serde(borrow)]
    metadata: &'a RawValue,
    /// The request that the append answered, with its last event.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    request: Option<Request<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow)]
    fingerprint: Cow<'a, str>,
}

/// `answer`: of the append whose last event this is.
pub(super) fn wrap(
    event: &Recorded,
    answer: Option<&StoredAnswer>,
) -> serde_json::Result<EventData> {
    let metadata = event.metadata().ok();
    let envelope = Envelope {
        correlation_id: metadata.as_ref().map(|metadata| metadata.correlation_id),
        causation_id: metadata.and_then(|metadata| metadata.causation_id),
        aggregate_type: (&event.stream.aggregate_type).into(),
        aggregate_id: (&event.stream.aggregate_id).into(),
        sequence: event.version,
        event_version: (&event.event_version).into(),
        recorded_at: event.recorded_at.timestamp_micros(),
        metadata: serde_json::from_str(&event.metadata)?,
        request: answer.map(|answer| Request {
            key: (&answer.key).into(),
            fingerprint: (&answer.fingerprint).into(),
        }),
    };
    let payload: &RawValue = serde_json::from_str(&event.payload)?;
    // JSON with space around it would come back without
    let data = if payload.get().len() == event.payload.len() {
        EventData::json(&event.event_type, &payload)?
    } else {
        EventData::binary(&event.event_type, event.payload.clone().into())
    };
    data.id(event.event_id).metadata_as_json(&envelope)
}

pub(super) fn no_json(error: serde_json::Error) -> Trouble {
    let sentence = "an event cannot be written down as JSON";
    Trouble::new(Kind::Refused, sentence, error)
}

pub(super) fn unwrap(found: &RecordedEvent) -> Result<(Recorded, Option<StoredAnswer>), Foreign> {
    read(found).map_err(|source| Foreign::NotOurs {
        stream: found.stream_id().to_owned(),
        revision: found.revision,
        source,
    })
}

fn read(found: &RecordedEvent) -> serde_json::Result<(Recorded, Option<StoredAnswer>)> {
    let envelope: Envelope<'_> = serde_json::from_slice(&found.custom_metadata)?;
    let recorded_at = DateTime::from_timestamp_micros(envelope.recorded_at)
        .ok_or_else(|| serde::de::Error::custom("recordedAt is not a time"))?;
    let payload = std::str::from_utf8(&found.data).map_err(serde::de::Error::custom)?;
    let position = found.revision + 1;
    let answer = envelope.request.map(|request| StoredAnswer {
        key: request.key.into_owned(),
        fingerprint: request.fingerprint.into_owned(),
        position: position.cast_signed(),
        version: envelope.sequence.cast_signed(),
        recorded_at,
    });
    let recorded = Recorded {
        position: Position(position),
        stream: StreamName::new(envelope.aggregate_type, envelope.aggregate_id),
        version: envelope.sequence,
        event_id: found.id,
        event_type: found.event_type.clone(),
        event_version: envelope.event_version.into_owned(),
        payload: payload.to_owned(),
        metadata: envelope.metadata.get().to_owned(),
        recorded_at,
    };
    Ok((recorded, answer))
}

//! Many rows as one, a column of arrays each: a row per event would cost PostgreSQL and us more than
//! the events themselves.

use std::iter::zip;

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use crate::recorded::{Position, Recorded, StreamName};

/// Read in position order, so that is the order in the arrays.
const PACKED: &str = "SELECT coalesce(array_agg(position), '{}'), \
    coalesce(array_agg(aggregate_type), '{}'), coalesce(array_agg(aggregate_id), '{}'), \
    coalesce(array_agg(sequence), '{}'), coalesce(array_agg(event_id), '{}'), \
    coalesce(array_agg(event_type), '{}'), coalesce(array_agg(event_version), '{}'), \
    coalesce(array_agg(payload::text), '{}'), coalesce(array_agg(metadata::text), '{}'), \
    coalesce(array_agg(recorded_at), '{}') \
    FROM (SELECT * FROM events WHERE position BETWEEN $1 AND $2 ORDER BY position) AS events";

type Packed = (
    Vec<i64>,
    Vec<String>,
    Vec<String>,
    Vec<i64>,
    Vec<Uuid>,
    Vec<String>,
    Vec<String>,
    Vec<String>,
    Vec<String>,
    Vec<DateTime<Utc>>,
);

/// `None` where a row holds what no event can, or all of them are too large for one answer: read one
/// by one they tell more.
pub(super) async fn packed_rows(readers: &PgPool, from: i64, to: i64) -> Option<Vec<Recorded>> {
    let packed: Packed = sqlx::query_as(PACKED)
        .bind(from)
        .bind(to)
        .fetch_one(readers)
        .await
        .ok()?;
    let (positions, kinds, ids, versions, event_ids, types, shapes, payloads, metadata, times) =
        packed;
    let streams = zip(kinds, ids).map(|(kind, id)| StreamName::new(kind, id));
    let places = zip(zip(positions, versions), zip(streams, event_ids));
    let texts = zip(zip(types, shapes), zip(payloads, metadata));
    let events = zip(zip(places, texts), times);
    let events = events.map(|((place, text), recorded_at)| {
        let ((position, version), (stream, event_id)) = place;
        let ((event_type, event_version), (payload, metadata)) = text;
        Recorded {
            position: Position(position.cast_unsigned()),
            stream,
            version: version.cast_unsigned(),
            event_id,
            event_type,
            event_version,
            payload,
            metadata,
            recorded_at,
        }
    });
    let mut events: Vec<Recorded> = events.collect();
    events.sort_by_key(|event| event.position.0.cast_signed());
    Some(events)
}

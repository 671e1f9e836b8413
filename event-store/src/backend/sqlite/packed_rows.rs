//! Many rows as one value. Each row that SQLite hands over by itself costs several times what reading
//! it from the file does.

use chrono::DateTime;
use sqlx::SqlitePool;
use uuid::Uuid;

use crate::recorded::{Position, Recorded, StreamName};

/// Read in position order, so that is the order in the array.
const PACKED: &str = "SELECT json_group_array(json_array(position, aggregate_type, aggregate_id, \
    sequence, hex(event_id), event_type, event_version, payload, metadata, recorded_at)) \
    FROM (SELECT * FROM events WHERE position BETWEEN ? AND ? ORDER BY position)";

type Packed = (
    i64,
    String,
    String,
    i64,
    Uuid,
    String,
    String,
    String,
    String,
    i64,
);

/// `None` where a row holds what no event can, or all of them are too large for one value: read one
/// by one they tell more.
pub(super) async fn packed_rows(readers: &SqlitePool, from: i64, to: i64) -> Option<Vec<Recorded>> {
    let packed: String = sqlx::query_scalar(PACKED)
        .bind(from)
        .bind(to)
        .fetch_one(readers)
        .await
        .ok()?;
    let rows: Vec<Packed> = serde_json::from_str(&packed).ok()?;
    let mut events: Vec<Recorded> = rows.into_iter().map(event).collect::<Option<_>>()?;
    events.sort_by_key(|event| event.position.0.cast_signed());
    Some(events)
}

fn event(row: Packed) -> Option<Recorded> {
    let (
        position,
        aggregate_type,
        aggregate_id,
        version,
        event_id,
        kind,
        shape,
        payload,
        metadata,
        at,
    ) = row;
    Some(Recorded {
        position: Position(position.cast_unsigned()),
        stream: StreamName {
            aggregate_type,
            aggregate_id,
        },
        version: version.cast_unsigned(),
        event_id,
        event_type: kind,
        event_version: shape,
        payload,
        metadata,
        recorded_at: DateTime::from_timestamp_micros(at)?,
    })
}

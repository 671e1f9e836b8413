//! Loading streams and single events.

use async_trait::async_trait;
use chrono::DateTime;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};
use uuid::Uuid;

use super::connect::explain;
use crate::backend::group_load::{StreamReader, Wanted, by_number};
use crate::backend::plan::EarlierAnswer;
use crate::backend::trouble::Trouble;
use crate::error::AppendError;
use crate::log::{Appended, Idempotency};
use crate::recorded::{Position, Recorded, StreamName};

/// For each wanted part of a stream its events, numbered by the part. Versions have no gaps, so a
/// range of them is a limit. `CROSS JOIN` fixes the order: each part is looked up by itself.
const LOAD: &str = "SELECT e.position, e.aggregate_type, e.aggregate_id, e.sequence, e.event_id, \
    e.event_type, e.event_version, e.payload, e.metadata, e.recorded_at, w.key + 1 \
    FROM json_each(?) AS w CROSS JOIN events AS e \
    WHERE e.aggregate_type = w.value ->> 0 AND e.aggregate_id = w.value ->> 1 \
    AND e.sequence > w.value ->> 2 AND e.sequence <= w.value ->> 3 ORDER BY w.key, e.sequence";

const FIND: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, \
    event_type, event_version, payload, metadata, recorded_at \
    FROM json_each(?) AS id CROSS JOIN events ON event_id = unhex(id.value)";

pub(super) async fn head(readers: &SqlitePool) -> Result<Position, Trouble> {
    let head: Option<i64> = sqlx::query_scalar("SELECT max(position) FROM events")
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    Ok(Position(head.unwrap_or(0).cast_unsigned()))
}

#[derive(Debug)]
pub(crate) struct Streams(pub(super) SqlitePool);

#[async_trait]
impl StreamReader for Streams {
    async fn read(&self, wanted: &[Wanted]) -> Result<Vec<Vec<Recorded>>, Trouble> {
        let parts = wanted.iter().map(|wanted| {
            let after = wanted.after.cast_signed();
            let limit = i64::try_from(wanted.limit).unwrap_or(i64::MAX);
            let stream = &wanted.stream;
            json!([
                stream.aggregate_type,
                stream.aggregate_id,
                after,
                after.saturating_add(limit)
            ])
        });
        let rows = sqlx::query(LOAD)
            .bind(parts.collect::<Value>().to_string())
            .fetch_all(&self.0)
            .await
            .map_err(explain)?;
        let numbered = |row: &SqliteRow| Ok((row.try_get(10).map_err(explain)?, recorded(row)?));
        by_number(wanted.len(), rows.iter().map(numbered))
    }
}

pub(super) async fn find_all(
    readers: &SqlitePool,
    event_ids: &[Uuid],
) -> Result<Vec<Recorded>, Trouble> {
    let ids = event_ids.iter().map(|id| id.simple().to_string());
    let ids: Vec<String> = ids.collect();
    let rows = sqlx::query(FIND)
        .bind(json!(ids).to_string())
        .fetch_all(readers)
        .await
        .map_err(explain)?;
    rows.iter().map(recorded).collect()
}

pub(super) async fn earlier_answer(
    readers: &SqlitePool,
    idempotency: &Idempotency,
) -> Result<Option<Appended>, AppendError> {
    let find = "SELECT fingerprint, position, version FROM idempotency_keys WHERE key = ?";
    let row = sqlx::query(find)
        .bind(&idempotency.key)
        .fetch_optional(readers)
        .await
        .map_err(explain)?;
    let Some(row) = row else {
        return Ok(None);
    };
    let answer = EarlierAnswer {
        fingerprint: row.try_get(0).map_err(explain)?,
        position: row.try_get::<i64, _>(1).map_err(explain)?.cast_unsigned(),
        version: row.try_get::<i64, _>(2).map_err(explain)?.cast_unsigned(),
    };
    answer.to(idempotency).map(Some)
}

fn recorded(row: &SqliteRow) -> Result<Recorded, Trouble> {
    read(row).map_err(|error| unreadable(row, error))
}

/// Named by its position, where it has one.
fn unreadable(row: &SqliteRow, error: sqlx::Error) -> Trouble {
    let Ok(position) = row.try_get::<i64, _>(0) else {
        return explain(error);
    };
    let text = |column: usize| row.try_get::<String, _>(column);
    let stream = StreamName {
        aggregate_type: text(1).unwrap_or_default(),
        aggregate_id: text(2).unwrap_or_default(),
    };
    Trouble::unreadable(position.cast_unsigned(), stream, error)
}

pub(super) fn read(row: &SqliteRow) -> Result<Recorded, sqlx::Error> {
    let event_id: &[u8] = row.try_get(4)?;
    let recorded_at = DateTime::from_timestamp_micros(row.try_get(9)?);
    Ok(Recorded {
        position: Position(row.try_get::<i64, _>(0)?.cast_unsigned()),
        stream: StreamName {
            aggregate_type: row.try_get(1)?,
            aggregate_id: row.try_get(2)?,
        },
        version: row.try_get::<i64, _>(3)?.cast_unsigned(),
        event_id: Uuid::from_slice(event_id).map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
        event_type: row.try_get(5)?,
        event_version: row.try_get(6)?,
        payload: row.try_get(7)?,
        metadata: row.try_get(8)?,
        recorded_at: recorded_at
            .ok_or_else(|| sqlx::Error::Decode("recorded_at is not a time".into()))?,
    })
}

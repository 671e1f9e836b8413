//! Loading streams and feeding readers.

use chrono::DateTime;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};
use uuid::Uuid;

use super::connect::explain;
use crate::backend::feed_window::FeedWindow;
use crate::backend::plan::EarlierAnswer;
use crate::backend::trouble::Trouble;
use crate::error::AppendError;
use crate::log::{Appended, FeedFilter, FeedPage, Idempotency};
use crate::recorded::{Position, Recorded, StreamName};

const LOAD: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, \
    event_type, event_version, payload, metadata, recorded_at FROM events \
    WHERE aggregate_type = ? AND aggregate_id = ? AND sequence > ? ORDER BY sequence LIMIT ?";

const FEED: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, \
    event_type, event_version, payload, metadata, recorded_at FROM events \
    WHERE position > ? AND position <= ? ORDER BY position LIMIT ?";

/// The plus keeps SQLite on the order of positions: by type it would collect and sort.
const FEED_OF_TYPES: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, \
    event_type, event_version, payload, metadata, recorded_at FROM events \
    WHERE position > ? AND position <= ? \
    AND +aggregate_type IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?";

pub(super) async fn head(readers: &SqlitePool) -> Result<Position, Trouble> {
    let head: Option<i64> = sqlx::query_scalar("SELECT max(position) FROM events")
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    Ok(Position(head.unwrap_or(0).cast_unsigned()))
}

pub(super) async fn stream(
    readers: &SqlitePool,
    stream: &StreamName,
    after_version: u64,
    limit: usize,
) -> Result<Vec<Recorded>, Trouble> {
    let rows = sqlx::query(LOAD)
        .bind(&stream.aggregate_type)
        .bind(&stream.aggregate_id)
        .bind(after_version.cast_signed())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(readers)
        .await
        .map_err(explain)?;
    rows.iter().map(recorded).collect()
}

pub(super) async fn feed(
    readers: &SqlitePool,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> Result<FeedPage, Trouble> {
    let window = FeedWindow::new(after, head(readers).await?, limit, filter);
    if window.is_empty() {
        return Ok(window.page(vec![]));
    }
    let types = serde_json::Value::from(filter.aggregate_types.clone()).to_string();
    let query = if filter.aggregate_types.is_empty() {
        sqlx::query(FEED)
            .bind(window.after.cast_signed())
            .bind(window.up_to.cast_signed())
    } else {
        sqlx::query(FEED_OF_TYPES)
            .bind(window.after.cast_signed())
            .bind(window.up_to.cast_signed())
            .bind(types)
    };
    let rows = query
        .bind(window.limit_i64())
        .fetch_all(readers)
        .await
        .map_err(explain)?;
    let events: Result<_, Trouble> = rows.iter().map(recorded).collect();
    Ok(window.page(events?))
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
    read(row).map_err(explain)
}

fn read(row: &SqliteRow) -> Result<Recorded, sqlx::Error> {
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
            .ok_or_else(|| sqlx::Error::Decode("recorded_at is no time".into()))?,
    })
}

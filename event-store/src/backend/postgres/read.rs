//! Loading streams and feeding readers.

use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};

use super::trouble::explain;
use crate::backend::feed_window::FeedWindow;
use crate::backend::plan::EarlierAnswer;
use crate::backend::trouble::Trouble;
use crate::error::AppendError;
use crate::log::{Appended, FeedFilter, FeedPage, Idempotency};
use crate::recorded::{Position, Recorded, StreamName};

const LOAD: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
    event_version, payload::text, metadata::text, recorded_at FROM events \
    WHERE aggregate_type = $1 AND aggregate_id = $2 AND sequence > $3 ORDER BY sequence LIMIT $4";

const FEED: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
    event_version, payload::text, metadata::text, recorded_at FROM events \
    WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3";

/// The empty text keeps PostgreSQL on the order of positions: by type it would collect and sort.
const FEED_OF_TYPES: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, \
    event_type, event_version, payload::text, metadata::text, recorded_at FROM events \
    WHERE position > $1 AND position <= $2 AND aggregate_type || '' = ANY ($4) \
    ORDER BY position LIMIT $3";

pub(super) async fn head(readers: &PgPool) -> Result<Position, Trouble> {
    let head: i64 = sqlx::query_scalar("SELECT position FROM log_head WHERE id = 1")
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    Ok(Position(head.cast_unsigned()))
}

pub(super) async fn stream(
    readers: &PgPool,
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
    readers: &PgPool,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> Result<FeedPage, Trouble> {
    let window = FeedWindow::new(after, head(readers).await?, limit, filter);
    if window.is_empty() {
        return Ok(window.page(vec![]));
    }
    let all = filter.aggregate_types.is_empty();
    let query = sqlx::query(if all { FEED } else { FEED_OF_TYPES })
        .bind(window.after.cast_signed())
        .bind(window.up_to.cast_signed())
        .bind(window.limit_i64());
    let query = if all {
        query
    } else {
        query.bind(&filter.aggregate_types)
    };
    let rows = query.fetch_all(readers).await.map_err(explain)?;
    let events: Result<_, Trouble> = rows.iter().map(recorded).collect();
    Ok(window.page(events?))
}

pub(super) async fn earlier_answer(
    readers: &PgPool,
    idempotency: &Idempotency,
) -> Result<Option<Appended>, AppendError> {
    let find = "SELECT fingerprint, position, version FROM idempotency_keys WHERE key = $1";
    let row: Option<(String, i64, i64)> = sqlx::query_as(find)
        .bind(&idempotency.key)
        .fetch_optional(readers)
        .await
        .map_err(explain)?;
    let answer = row.map(|(fingerprint, position, version)| EarlierAnswer {
        fingerprint,
        position: position.cast_unsigned(),
        version: version.cast_unsigned(),
    });
    answer.map(|answer| answer.to(idempotency)).transpose()
}

fn recorded(row: &PgRow) -> Result<Recorded, Trouble> {
    read(row).map_err(explain)
}

fn read(row: &PgRow) -> Result<Recorded, sqlx::Error> {
    Ok(Recorded {
        position: Position(row.try_get::<i64, _>(0)?.cast_unsigned()),
        stream: StreamName {
            aggregate_type: row.try_get(1)?,
            aggregate_id: row.try_get(2)?,
        },
        version: row.try_get::<i64, _>(3)?.cast_unsigned(),
        event_id: row.try_get(4)?,
        event_type: row.try_get(5)?,
        event_version: row.try_get(6)?,
        payload: row.try_get(7)?,
        metadata: row.try_get(8)?,
        recorded_at: row.try_get(9)?,
    })
}

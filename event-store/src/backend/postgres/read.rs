//! Loading streams and single events.

use std::iter::zip;

use async_trait::async_trait;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::losses::Losses;
use super::stored_time::StoredTime;
use super::trouble::explain;
use crate::backend::group_load::{StreamReader, Wanted};
use crate::backend::plan::EarlierAnswer;
use crate::backend::trouble::{Kind, Trouble};
use crate::log::Idempotency;
use crate::recorded::{Position, Recorded, StreamName};

/// For each wanted part of a stream one row that holds its events, a column each: a row per event
/// would cost PostgreSQL and us more than the events themselves. Each part is looked up by itself,
/// so PostgreSQL never thinks of reading the table.
const LOAD: &str = "SELECT e.* FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) \
    WITH ORDINALITY AS w (aggregate_type, aggregate_id, after, at_most, number) \
    CROSS JOIN LATERAL (SELECT array_agg(position), array_agg(sequence), array_agg(event_id), \
        array_agg(event_type), array_agg(event_version), array_agg(payload::text), \
        array_agg(metadata::text), array_agg(recorded_at) FROM (SELECT * FROM events \
        WHERE aggregate_type = w.aggregate_type AND aggregate_id = w.aggregate_id \
        AND sequence > w.after ORDER BY sequence LIMIT w.at_most) AS events) AS e \
    ORDER BY w.number";

const FIND: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
    event_version, payload::text, metadata::text, recorded_at FROM events \
    WHERE event_id = ANY($1)";

pub(super) async fn head(readers: &PgPool) -> Result<Position, Trouble> {
    find_head(readers).await?.ok_or_else(no_head)
}

pub(super) async fn find_head(readers: &PgPool) -> Result<Option<Position>, Trouble> {
    let head: Option<i64> = sqlx::query_scalar("SELECT position FROM log_head WHERE id = 1")
        .fetch_optional(readers)
        .await
        .map_err(explain)?;
    Ok(head.map(|head| Position(head.cast_unsigned())))
}

#[derive(Debug, thiserror::Error)]
#[error("log_head has no row")]
struct NoHead;

pub(super) fn no_head() -> Trouble {
    let sentence =
        "the row that says where the log ends is gone: strategos-replay verify says more";
    Trouble::new(Kind::Refused, sentence, NoHead)
}

#[derive(Debug)]
pub(super) struct Streams(pub(super) PgPool, pub(super) Losses);

#[async_trait]
impl StreamReader for Streams {
    async fn read(&self, wanted: &[Wanted]) -> Result<Vec<Vec<Recorded>>, Trouble> {
        let types: Vec<&str> = wanted.iter().map(|w| &*w.stream.aggregate_type).collect();
        let ids: Vec<&str> = wanted.iter().map(|w| &*w.stream.aggregate_id).collect();
        let after: Vec<i64> = wanted.iter().map(|w| w.after.cast_signed()).collect();
        let limits = wanted.iter().map(|w| i64::try_from(w.limit));
        let limits: Vec<i64> = limits.map(|limit| limit.unwrap_or(i64::MAX)).collect();
        let ask = || async {
            sqlx::query(LOAD)
                .bind(&types)
                .bind(&ids)
                .bind(&after)
                .bind(&limits)
                .fetch_all(&self.0)
                .await
                .map_err(explain)
        };
        let rows = self.1.reading(ask).await?;
        let parts = rows.iter().zip(wanted);
        parts
            .map(|(row, wanted)| part(row, &wanted.stream).map_err(explain))
            .collect()
    }
}

pub(super) async fn find_all(
    readers: &PgPool,
    event_ids: &[Uuid],
) -> Result<Vec<Recorded>, Trouble> {
    let rows = sqlx::query(FIND)
        .bind(event_ids)
        .fetch_all(readers)
        .await
        .map_err(explain)?;
    rows.iter().map(recorded).collect()
}

pub(super) async fn earlier_answer(
    readers: &PgPool,
    idempotency: &Idempotency,
) -> Result<Option<EarlierAnswer>, Trouble> {
    let find = "SELECT fingerprint, position, version FROM idempotency_keys WHERE key = $1";
    let row: Option<(String, i64, i64)> = sqlx::query_as(find)
        .bind(&idempotency.key)
        .fetch_optional(readers)
        .await
        .map_err(explain)?;
    Ok(row.map(|(fingerprint, position, version)| EarlierAnswer {
        fingerprint,
        position: position.cast_unsigned(),
        version: version.cast_unsigned(),
    }))
}

pub(super) fn recorded(row: &PgRow) -> Result<Recorded, Trouble> {
    read(row).map_err(|error| unreadable(row, error))
}

/// Named by its position, where it has one.
fn unreadable(row: &PgRow, error: sqlx::Error) -> Trouble {
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

pub(super) fn read(row: &PgRow) -> Result<Recorded, sqlx::Error> {
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
        recorded_at: row.try_get::<StoredTime, _>(9)?.0,
    })
}

/// A row of [`LOAD`]: eight columns of the same length, or all null where there is no event.
fn part(row: &PgRow, stream: &StreamName) -> Result<Vec<Recorded>, sqlx::Error> {
    let Some(positions) = row.try_get::<Option<Vec<i64>>, _>(0)? else {
        return Ok(vec![]);
    };
    let versions: Vec<i64> = row.try_get(1)?;
    let ids: Vec<Uuid> = row.try_get(2)?;
    let types: Vec<String> = row.try_get(3)?;
    let event_versions: Vec<String> = row.try_get(4)?;
    let payloads: Vec<String> = row.try_get(5)?;
    let metadata: Vec<String> = row.try_get(6)?;
    let times: Vec<StoredTime> = row.try_get(7)?;
    let numbers = zip(positions, versions);
    let kinds = zip(types, event_versions);
    let texts = zip(payloads, metadata);
    let events = zip(zip(numbers, kinds), zip(texts, zip(ids, times)));
    let recorded = events.map(
        |(
            ((position, version), kind),
            ((payload, metadata), (event_id, StoredTime(recorded_at))),
        )| {
            let (event_type, event_version) = kind;
            Recorded {
                position: Position(position.cast_unsigned()),
                stream: stream.clone(),
                version: version.cast_unsigned(),
                event_id,
                event_type,
                event_version,
                payload,
                metadata,
                recorded_at,
            }
        },
    );
    Ok(recorded.collect())
}

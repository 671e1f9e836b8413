//! A history that comes from elsewhere, into a database that has none.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};
use uuid::Uuid;

use super::connect::{options, writer};
use super::trouble::explain;
use crate::backend::trouble::{Kind, Trouble};
use crate::error::StoreError;
use crate::recorded::Recorded;
use crate::restore::{NotEmpty, Restoring, StoredAnswer};

const EVENTS: &str = "INSERT INTO events (position, aggregate_type, aggregate_id, sequence, \
    event_id, event_type, event_version, payload, metadata, recorded_at) \
    SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, event_version, \
    payload::json, metadata::json, recorded_at \
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::uuid[], $6::text[], \
        $7::text[], $8::text[], $9::text[], $10::timestamptz[]) \
    AS n (position, aggregate_type, aggregate_id, sequence, event_id, event_type, event_version, \
        payload, metadata, recorded_at)";

const ANSWERS: &str = "INSERT INTO idempotency_keys (key, fingerprint, position, version, \
    recorded_at) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], \
    $5::timestamptz[])";

/// Who appends waits for this row.
const TAKE_THE_TURN: &str = "SELECT position FROM log_head WHERE id = 1 FOR UPDATE";

const MOVE_THE_HEAD: &str = "UPDATE log_head SET (position, recorded_at) = \
    (SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1) \
    WHERE id = 1 AND EXISTS (SELECT 1 FROM events)";

/// Dropped before [`Restoring::finish`], its connection closes and PostgreSQL forgets it all.
#[derive(Debug)]
pub(crate) struct PostgresRestoring(PgConnection);

pub(crate) async fn restore(url: &str) -> Result<PostgresRestoring, StoreError> {
    let mut connection = writer(&options(url)?).await?;
    connection.execute("BEGIN").await.map_err(explain)?;
    let head: i64 = sqlx::query_scalar(TAKE_THE_TURN)
        .fetch_one(&mut connection)
        .await
        .map_err(explain)?;
    let events: i64 = sqlx::query_scalar("SELECT count(*) FROM (SELECT FROM events LIMIT 1) AS e")
        .fetch_one(&mut connection)
        .await
        .map_err(explain)?;
    if head > 0 || events > 0 {
        let sentence = "there are events in it already: name a database that has none";
        return Err(Trouble::new(Kind::Refused, sentence, NotEmpty).into());
    }
    Ok(PostgresRestoring(connection))
}

#[async_trait]
impl Restoring for PostgresRestoring {
    async fn events(&mut self, events: &[Recorded]) -> Result<(), StoreError> {
        let column = |of: fn(&Recorded) -> &str| events.iter().map(of).collect::<Vec<_>>();
        let number = |of: fn(&Recorded) -> u64| {
            let numbers = events.iter().map(|event| of(event).cast_signed());
            numbers.collect::<Vec<_>>()
        };
        let ids: Vec<Uuid> = events.iter().map(|event| event.event_id).collect();
        let times: Vec<DateTime<Utc>> = events.iter().map(|event| event.recorded_at).collect();
        sqlx::query(EVENTS)
            .bind(number(|event| event.position.0))
            .bind(column(|event| &event.stream.aggregate_type))
            .bind(column(|event| &event.stream.aggregate_id))
            .bind(number(|event| event.version))
            .bind(ids)
            .bind(column(|event| &event.event_type))
            .bind(column(|event| &event.event_version))
            .bind(column(|event| &event.payload))
            .bind(column(|event| &event.metadata))
            .bind(times)
            .execute(&mut self.0)
            .await
            .map_err(explain)?;
        Ok(())
    }

    async fn answers(&mut self, answers: &[StoredAnswer]) -> Result<(), StoreError> {
        let keys: Vec<&str> = answers.iter().map(|answer| &*answer.key).collect();
        let fingerprints: Vec<&str> = answers.iter().map(|answer| &*answer.fingerprint).collect();
        let positions: Vec<i64> = answers.iter().map(|answer| answer.position).collect();
        let versions: Vec<i64> = answers.iter().map(|answer| answer.version).collect();
        let times: Vec<DateTime<Utc>> = answers.iter().map(|answer| answer.recorded_at).collect();
        sqlx::query(ANSWERS)
            .bind(keys)
            .bind(fingerprints)
            .bind(positions)
            .bind(versions)
            .bind(times)
            .execute(&mut self.0)
            .await
            .map_err(explain)?;
        Ok(())
    }

    async fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        self.0.execute(MOVE_THE_HEAD).await.map_err(explain)?;
        self.0.execute("COMMIT").await.map_err(explain)?;
        Ok(self.0.close().await.map_err(explain)?)
    }
}

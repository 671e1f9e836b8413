//! A history that comes from elsewhere, into a file that has none.

use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Executor, QueryBuilder};

use super::connect::{connect, explain, options};
use crate::backend::trouble::{Kind, Trouble};
use crate::error::StoreError;
use crate::recorded::Recorded;
use crate::restore::{NotEmpty, Restoring, StoredAnswer};

/// Rows per statement: SQLite takes so many values at once, and ten times more.
const ROWS: usize = 256;

/// Dropped before [`Restoring::finish`], its connection closes and SQLite forgets it all.
#[derive(Debug)]
pub(crate) struct SqliteRestoring(SqliteConnection);

pub(crate) async fn restore(url: &str) -> Result<SqliteRestoring, StoreError> {
    let mut connection = connect(&options(url)?).await?;
    connection
        .execute("BEGIN IMMEDIATE")
        .await
        .map_err(explain)?;
    let events: i64 = sqlx::query_scalar("SELECT count(*) FROM (SELECT 1 FROM events LIMIT 1)")
        .fetch_one(&mut connection)
        .await
        .map_err(explain)?;
    if events > 0 {
        let sentence = "there are events in it already: name a database that has none";
        return Err(Trouble::new(Kind::Refused, sentence, NotEmpty).into());
    }
    Ok(SqliteRestoring(connection))
}

#[async_trait]
impl Restoring for SqliteRestoring {
    async fn events(&mut self, events: &[Recorded]) -> Result<(), StoreError> {
        Ok(insert_events(&mut self.0, events).await.map_err(explain)?)
    }

    async fn answers(&mut self, answers: &[StoredAnswer]) -> Result<(), StoreError> {
        Ok(insert_answers(&mut self.0, answers)
            .await
            .map_err(explain)?)
    }

    async fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        self.0.execute("COMMIT").await.map_err(explain)?;
        Ok(self.0.close().await.map_err(explain)?)
    }
}

pub(super) async fn insert_events(
    connection: &mut SqliteConnection,
    events: &[Recorded],
) -> Result<(), sqlx::Error> {
    for some in events.chunks(ROWS) {
        let mut insert = QueryBuilder::new(
            "INSERT INTO events (position, aggregate_type, aggregate_id, sequence, event_id, \
             event_type, event_version, payload, metadata, recorded_at) ",
        );
        insert.push_values(some, |mut row, event| {
            row.push_bind(event.position.0.cast_signed())
                .push_bind(&event.stream.aggregate_type)
                .push_bind(&event.stream.aggregate_id)
                .push_bind(event.version.cast_signed())
                .push_bind(event.event_id.as_bytes().as_slice())
                .push_bind(&event.event_type)
                .push_bind(&event.event_version)
                .push_bind(&event.payload)
                .push_bind(&event.metadata)
                .push_bind(event.recorded_at.timestamp_micros());
        });
        insert.build().execute(&mut *connection).await?;
    }
    Ok(())
}

pub(super) async fn insert_answers(
    connection: &mut SqliteConnection,
    answers: &[StoredAnswer],
) -> Result<(), sqlx::Error> {
    for answer in answers {
        sqlx::query(
            "INSERT INTO idempotency_keys (key, fingerprint, position, version, recorded_at) \
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(&answer.key)
        .bind(&answer.fingerprint)
        .bind(answer.position)
        .bind(answer.version)
        .bind(answer.recorded_at.timestamp_micros())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

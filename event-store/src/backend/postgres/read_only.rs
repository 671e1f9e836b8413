//! The log opened to be read only: rights to select are enough, and the server refuses all else.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{PgPool, Row as _};
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::packed_rows::packed_rows;
use super::trouble::explain;
use super::{connect, health, read, snapshots, wake_up};
use crate::backend::group_load::{GroupLoad, Wanted};
use crate::backend::schema;
use crate::backend::trouble::Trouble;
use crate::error::{AppendError, StoreError};
use crate::log::{
    Append, Appended, EventLog, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot,
};
use crate::recorded::{Position, Recorded, StreamName};
use crate::restore::StoredAnswer;
use crate::stored_rows::{Extent, StoredRow, StoredRows, UnreadableRow};
use crate::upcasters::Upcasters;

const ROWS: &str = "SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
    event_version, payload::text, metadata::text, recorded_at FROM events \
    WHERE position BETWEEN $1 AND $2 ORDER BY position";

#[derive(Debug)]
pub(crate) struct PostgresReading {
    options: PgConnectOptions,
    readers: PgPool,
    loads: GroupLoad,
    upcasters: Upcasters,
    wake_up: watch::Sender<Position>,
    /// Stops with the log.
    watcher: AbortOnDropHandle<()>,
}

pub(crate) async fn open_to_read(
    url: &str,
    upcasters: Upcasters,
) -> Result<PostgresReading, StoreError> {
    let options = connect::options(url)?.options([("default_transaction_read_only", "on")]);
    let readers = connect::readers(&options).await?;
    refuse_newer(&readers).await?;
    let wake_up = watch::Sender::new(read::head(&readers).await?);
    let watcher = tokio::spawn(wake_up::follow(options.clone(), wake_up.clone()));
    Ok(PostgresReading {
        options,
        loads: GroupLoad::start(read::Streams(readers.clone())),
        readers,
        upcasters,
        wake_up,
        watcher: AbortOnDropHandle::new(watcher),
    })
}

/// Whoever was given the log's tables and no others is believed.
async fn refuse_newer(readers: &PgPool) -> Result<(), Trouble> {
    let readable = "SELECT coalesce(has_table_privilege(to_regclass('_sqlx_migrations'), 'SELECT'), \
                    false)";
    let readable: bool = sqlx::query_scalar(readable)
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    if !readable {
        return Ok(());
    }
    let latest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations \
                  WHERE version BETWEEN $1 AND $2";
    let latest = sqlx::query_scalar(latest)
        .bind(schema::LOG_MIGRATIONS.start())
        .bind(schema::LOG_MIGRATIONS.end())
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    schema::refuse_newer(&connect::MIGRATOR, latest)
}

#[async_trait]
impl StoredRows for PostgresReading {
    async fn extent(&self) -> Result<Extent, StoreError> {
        let ends = "SELECT (SELECT min(position) FROM events), (SELECT max(position) FROM events), \
                    (SELECT position FROM log_head WHERE id = 1)";
        let (first, last, declared_head): (Option<i64>, Option<i64>, Option<i64>) =
            sqlx::query_as(ends)
                .fetch_one(&self.readers)
                .await
                .map_err(explain)?;
        Ok(Extent {
            positions: first.zip(last),
            declared_head,
        })
    }

    async fn next_position(&self, from: i64) -> Result<Option<i64>, StoreError> {
        let next = sqlx::query_scalar("SELECT min(position) FROM events WHERE position >= $1")
            .bind(from)
            .fetch_one(&self.readers)
            .await
            .map_err(explain)?;
        Ok(next)
    }

    async fn answers(&self, after: &str, limit: usize) -> Result<Vec<StoredAnswer>, StoreError> {
        let rows: Vec<(String, String, i64, i64, DateTime<Utc>)> = sqlx::query_as(
            "SELECT key, fingerprint, position, version, recorded_at FROM idempotency_keys \
             WHERE key > $1 ORDER BY key LIMIT $2",
        )
        .bind(after)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await
        .map_err(explain)?;
        let answers = rows
            .into_iter()
            .map(
                |(key, fingerprint, position, version, recorded_at)| StoredAnswer {
                    key,
                    fingerprint,
                    position,
                    version,
                    recorded_at,
                },
            );
        Ok(answers.collect())
    }

    async fn rows(&self, from: i64, to: i64) -> Result<Vec<StoredRow>, StoreError> {
        if let Some(events) = packed_rows(&self.readers, from, to).await {
            return Ok(events.into_iter().map(Ok).collect());
        }
        let rows = sqlx::query(ROWS)
            .bind(from)
            .bind(to)
            .fetch_all(&self.readers)
            .await
            .map_err(explain)?;
        Ok(rows.iter().map(stored_row).collect::<Result<_, _>>()?)
    }
}

fn stored_row(row: &PgRow) -> Result<StoredRow, Trouble> {
    let position = row.try_get(0).map_err(explain)?;
    Ok(read::read(row).map_err(|error| UnreadableRow {
        position,
        why: error.to_string(),
    }))
}

#[async_trait]
impl EventLog for PostgresReading {
    async fn append(&self, _append: Append) -> Result<Appended, AppendError> {
        Err(AppendError::Store(StoreError::opened_to_read()))
    }

    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        read::earlier_answer(&self.readers, idempotency).await
    }

    async fn load(
        &self,
        stream: &StreamName,
        after_version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = Wanted {
            stream: stream.clone(),
            after: after_version,
            limit,
        };
        self.upcasters.apply_all(self.loads.load(wanted).await?)
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, StoreError> {
        let mut page = read::feed(&self.readers, after, limit, filter).await?;
        page.events = self.upcasters.apply_all(page.events)?;
        Ok(page)
    }

    async fn find(&self, event_id: Uuid) -> Result<Option<Recorded>, StoreError> {
        let found = read::find(&self.readers, event_id).await?;
        let mut found = self.upcasters.apply_all(Vec::from_iter(found))?;
        Ok(found.pop())
    }

    async fn head(&self) -> Result<Position, StoreError> {
        Ok(read::head(&self.readers).await?)
    }

    fn wake_ups(&self) -> watch::Receiver<Position> {
        self.wake_up.subscribe()
    }

    async fn snapshot(
        &self,
        name: &StreamName,
        shape: &str,
    ) -> Result<Option<Snapshot>, StoreError> {
        Ok(snapshots::find(&self.readers, name, shape).await?)
    }

    async fn save_snapshot(&self, _: &StreamName, _: Snapshot) -> Result<(), StoreError> {
        Err(StoreError::opened_to_read())
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        Ok(health::check(&self.options, &self.readers).await?)
    }

    async fn close(&self) {
        self.watcher.abort();
        self.readers.close().await;
    }
}

//! The log opened to be read only: rights to select are enough, and the server refuses all else.

use async_trait::async_trait;
use sqlx::PgPool;
use tokio::sync::watch;

use super::database::PostgresDatabase;
use super::losses::Losses;
use super::pinned::pinned;
use super::rows::between;
use super::stored_time::StoredTime;
use super::trouble::explain;
use super::{connect, read, snapshots, wake_up};
use crate::backend::database_log::{DatabaseLog, ReadOnly};
use crate::backend::schema;
use crate::backend::trouble::Trouble;
use crate::canonical::CanonicalBytes;
use crate::error::StoreError;
use crate::recorded::{EventFields, Position, Recorded, StreamName};
use crate::restore::StoredAnswer;
use crate::row_digest::{Digesting, RowDigest};
use crate::stored_rows::{
    DeclaredHead, Extent, StoredRow, StoredRows, StoredSnapshot, UnreadableRow,
};
use crate::upcasters::Upcasters;

pub(crate) type PostgresReading = DatabaseLog<PostgresDatabase, ReadOnly>;

pub(crate) async fn open_to_read(
    url: &str,
    upcasters: Upcasters,
) -> Result<PostgresReading, StoreError> {
    let options = pinned(url, connect::options(url)?).await?;
    let losses = Losses::default();
    let readers = connect::readers(&options, &losses).await?;
    refuse_newer(&readers).await?;
    // Whoever checks the log is told that there is no head; others are when they read
    let head = read::find_head(&readers).await?;
    let wake_up = watch::Sender::new(head.unwrap_or(Position(0)));
    let streams = read::Streams(readers.clone(), losses.clone());
    let watching = wake_up::follow(options.clone(), wake_up.clone());
    let database = PostgresDatabase {
        options,
        readers,
        losses,
    };
    Ok(DatabaseLog::start(
        database, ReadOnly, streams, upcasters, wake_up, watching,
    ))
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
    async fn missing_changes(&self) -> Result<usize, StoreError> {
        let applied: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations")
            .fetch_all(&self.database.readers)
            .await
            .map_err(explain)?;
        Ok(schema::missing(&super::connect::MIGRATOR, &applied))
    }

    async fn extent(&self) -> Result<Extent, StoreError> {
        let ends = "SELECT (SELECT min(position) FROM events), (SELECT max(position) FROM events), \
                    (SELECT position FROM log_head WHERE id = 1)";
        let (first, last, declared_head): (Option<i64>, Option<i64>, Option<i64>) =
            sqlx::query_as(ends)
                .fetch_one(&self.database.readers)
                .await
                .map_err(explain)?;
        Ok(Extent {
            positions: first.zip(last),
            declared_head: declared_head.map_or(DeclaredHead::Missing, DeclaredHead::At),
        })
    }

    async fn next_position(&self, from: i64) -> Result<Option<i64>, StoreError> {
        let next = sqlx::query_scalar("SELECT min(position) FROM events WHERE position >= $1")
            .bind(from)
            .fetch_one(&self.database.readers)
            .await
            .map_err(explain)?;
        Ok(next)
    }

    async fn answers(&self, after: &str, limit: usize) -> Result<Vec<StoredAnswer>, StoreError> {
        let rows: Vec<(String, String, i64, i64, StoredTime)> = sqlx::query_as(
            "SELECT key, fingerprint, position, version, recorded_at FROM idempotency_keys \
             WHERE key > $1 ORDER BY key LIMIT $2",
        )
        .bind(after)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.database.readers)
        .await
        .map_err(explain)?;
        let answers = rows.into_iter().map(
            |(key, fingerprint, position, version, StoredTime(recorded_at))| StoredAnswer {
                key,
                fingerprint,
                position,
                version,
                recorded_at,
            },
        );
        Ok(answers.collect())
    }

    async fn count(&self, from: i64, to: i64) -> Result<i64, StoreError> {
        let count = "SELECT count(*) FROM events WHERE position BETWEEN $1 AND $2";
        let count = sqlx::query_scalar(count)
            .bind(from)
            .bind(to)
            .fetch_one(&self.database.readers)
            .await
            .map_err(explain)?;
        Ok(count)
    }

    async fn snapshots(
        &self,
        after: &StreamName,
        limit: usize,
    ) -> Result<Vec<StoredSnapshot>, StoreError> {
        Ok(snapshots::behind(&self.database.readers, after, limit).await?)
    }

    async fn rows(&self, from: i64, to: i64) -> Result<Vec<StoredRow>, StoreError> {
        Ok(between(
            &self.database.readers,
            from,
            to,
            |event: EventFields<'_>| Recorded::from(event),
        )
        .await?)
    }

    async fn digests(
        &self,
        from: i64,
        to: i64,
        how: &Digesting,
    ) -> Result<Vec<Result<RowDigest, UnreadableRow>>, StoreError> {
        let mut bytes = CanonicalBytes::default();
        let digest = |event: EventFields<'_>| how.digest(&event, &mut bytes);
        Ok(between(&self.database.readers, from, to, digest).await?)
    }
}

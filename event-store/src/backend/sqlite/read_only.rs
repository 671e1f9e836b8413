//! The file opened to be read only: also one on a read-only disk, and beside a running server.

use std::future::pending;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::DateTime;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqlitePool};
use tokio::sync::watch;

use super::connect::{BUSY_TIMEOUT, CANNOT_OPEN, connect, explain, readers};
use super::database::{Original, SqliteDatabase};
use super::rows::RowFile;
use super::{read, snapshots, wake_up};
use crate::backend::database_log::{DatabaseLog, ReadOnly};
use crate::backend::schema;
use crate::backend::trouble::{Kind, Trouble};
use crate::canonical::CanonicalBytes;
use crate::error::StoreError;
use crate::recorded::{EventFields, Recorded, StreamName};
use crate::restore::StoredAnswer;
use crate::row_digest::{Digesting, RowDigest};
use crate::stored_rows::{
    DeclaredHead, Extent, StoredRow, StoredRows, StoredSnapshot, UnreadableRow,
};
use crate::upcasters::Upcasters;

pub(crate) type SqliteReading = DatabaseLog<SqliteDatabase, ReadOnly>;

pub(crate) async fn open_to_read(
    url: &str,
    upcasters: Upcasters,
) -> Result<SqliteReading, StoreError> {
    open_reading(url, upcasters, None, pending()).await
}

/// A copy of a log that is kept elsewhere. `beside` runs as long as it is open, and is dropped with it.
pub(crate) async fn open_mirror_to_read(
    url: &str,
    upcasters: Upcasters,
    original: Arc<dyn Original>,
    beside: impl Future<Output = ()> + Send + 'static,
) -> Result<SqliteReading, StoreError> {
    open_reading(url, upcasters, Some(original), beside).await
}

async fn open_reading(
    url: &str,
    upcasters: Upcasters,
    original: Option<Arc<dyn Original>>,
    beside: impl Future<Output = ()> + Send + 'static,
) -> Result<SqliteReading, StoreError> {
    let mut options = options(url)?;
    let mut rows = RowFile::of(&options);
    if let Err(trouble) = can_read(&options).await {
        if has_write_ahead_log(options.get_filename()) {
            return Err(with_log_beside(trouble).into());
        }
        options = options.immutable(true);
        rows.stands_still = true;
    }
    let readers = readers(&options).await?;
    refuse_what_is_no_log(&readers).await?;
    let wake_up = watch::Sender::new(read::head(&readers).await?);
    let streams = read::Streams(readers.clone());
    let following = wake_up::follow(options, wake_up.clone());
    let watching = async { ((), ()) = tokio::join!(following, beside) };
    let database = SqliteDatabase {
        readers,
        rows,
        original,
    };
    Ok(DatabaseLog::start(
        database, ReadOnly, streams, upcasters, wake_up, watching,
    ))
}

fn options(url: &str) -> Result<SqliteConnectOptions, Trouble> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(explain)?
        .create_if_missing(false)
        .read_only(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging();
    std::fs::metadata(options.get_filename()).map_err(unreachable_file)?;
    Ok(options)
}

fn unreachable_file(error: std::io::Error) -> Trouble {
    let sentence = match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file: name the strategos.sqlite in the data folder"
        }
        std::io::ErrorKind::PermissionDenied => {
            "this user has no right to look into the file's folder"
        }
        _ => "the event store's file cannot be looked at",
    };
    Trouble::new(Kind::Refused, sentence, error)
}

/// A log that was closed cleanly has no write-ahead log beside it, and SQLite would make one. Where
/// it may not, nobody else can write either, and the file is read as it stands.
async fn can_read(options: &SqliteConnectOptions) -> Result<(), Trouble> {
    let mut connection = connect(options).await?;
    sqlx::query("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut connection)
        .await
        .map_err(explain)?;
    connection.close().await.map_err(explain)
}

fn has_write_ahead_log(file: &Path) -> bool {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    std::fs::metadata(name).is_ok_and(|found| found.len() > 0)
}

#[derive(Debug, thiserror::Error)]
#[error("it has no table called events")]
struct NoLog;

/// Part of what was recorded is only in the write-ahead log, which SQLite reads with a file of its own
/// beside it.
fn with_log_beside(trouble: Trouble) -> Trouble {
    if trouble.sentence() != CANNOT_OPEN {
        return trouble;
    }
    let sentence = "a write-ahead log (-wal) was left beside the event store's file, and its folder \
                    cannot be written to: copy both to where it can be";
    Trouble::new(Kind::Refused, sentence, trouble)
}

async fn refuse_what_is_no_log(readers: &SqlitePool) -> Result<(), Trouble> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'events'";
    let found: i64 = sqlx::query_scalar(tables)
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    if found == 0 {
        let sentence = "the file holds no log: name the database that the server writes to";
        return Err(Trouble::new(Kind::Refused, sentence, NoLog));
    }
    let latest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations \
                  WHERE version BETWEEN ? AND ?";
    let latest = sqlx::query_scalar(latest)
        .bind(schema::LOG_MIGRATIONS.start())
        .bind(schema::LOG_MIGRATIONS.end())
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    schema::refuse_newer(&super::connect::MIGRATOR, latest)
}

#[async_trait]
impl StoredRows for SqliteReading {
    async fn missing_changes(&self) -> Result<usize, StoreError> {
        let applied: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations")
            .fetch_all(&self.database.readers)
            .await
            .map_err(explain)?;
        Ok(schema::missing(&super::connect::MIGRATOR, &applied))
    }

    async fn extent(&self) -> Result<Extent, StoreError> {
        // Two questions: each is answered from an end of the index
        let ends = "SELECT (SELECT min(position) FROM events), (SELECT max(position) FROM events)";
        let (first, last): (Option<i64>, Option<i64>) = sqlx::query_as(ends)
            .fetch_one(&self.database.readers)
            .await
            .map_err(explain)?;
        Ok(Extent {
            positions: first.zip(last),
            declared_head: DeclaredHead::NotKept,
        })
    }

    async fn next_position(&self, from: i64) -> Result<Option<i64>, StoreError> {
        let next = sqlx::query_scalar("SELECT min(position) FROM events WHERE position >= ?")
            .bind(from)
            .fetch_one(&self.database.readers)
            .await
            .map_err(explain)?;
        Ok(next)
    }

    async fn answers(&self, after: &str, limit: usize) -> Result<Vec<StoredAnswer>, StoreError> {
        let rows: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(
            "SELECT key, fingerprint, position, version, recorded_at FROM idempotency_keys \
             WHERE key > ? ORDER BY key LIMIT ?",
        )
        .bind(after)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.database.readers)
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
                    recorded_at: DateTime::from_timestamp_micros(recorded_at).unwrap_or_default(),
                },
            );
        Ok(answers.collect())
    }

    async fn count(&self, from: i64, to: i64) -> Result<i64, StoreError> {
        let count = "SELECT count(*) FROM events WHERE position BETWEEN ? AND ?";
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
        Ok(self
            .database
            .rows
            .between(from, to, |event: EventFields<'_>| Recorded::from(event))
            .await?)
    }

    async fn digests(
        &self,
        from: i64,
        to: i64,
        how: &Digesting,
    ) -> Result<Vec<Result<RowDigest, UnreadableRow>>, StoreError> {
        let (how, mut bytes) = (how.clone(), CanonicalBytes::default());
        let digest = move |event: EventFields<'_>| how.digest(&event, &mut bytes);
        Ok(self.database.rows.between(from, to, digest).await?)
    }
}

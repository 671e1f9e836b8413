//! Opening the file, its settings, and what its errors mean.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use tokio::time::Instant;

use crate::backend::schema;
use crate::backend::trouble::{Kind, Trouble};
use crate::error::StoreError;

/// Its numbers are a range of their own, because read tables may live in the same file.
pub(super) static MIGRATOR: Migrator = Migrator {
    ignore_missing: true,
    ..sqlx::migrate!("../migrations/sqlite/log")
};

/// Readers never wait for the writer, so a few are plenty.
const READERS: u32 = 4;
/// How long another process may hold the write lock before an append is turned away.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Between two attempts at what SQLite does not wait for by itself.
const BUSY_PAUSE: Duration = Duration::from_millis(10);

pub(super) fn options(url: &str) -> Result<SqliteConnectOptions, Trouble> {
    let options = SqliteConnectOptions::from_str(url).map_err(explain)?;
    Ok(options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL would lose acknowledged events when the power fails
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging())
}

pub(super) async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, Trouble> {
    options.connect().await.map_err(explain)
}

pub(super) async fn readers(options: &SqliteConnectOptions) -> Result<SqlitePool, Trouble> {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        // A file does not hang up: a check per query only costs time
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(explain)
}

pub(crate) async fn migrate(url: &str) -> Result<(), StoreError> {
    let mut connection = connect_to_migrate(&options(url)?).await?;
    let migrated = apply_migrations(&mut connection).await;
    connection.close().await.map_err(explain)?;
    Ok(migrated?)
}

/// Making the write-ahead log of a new file is the one step in which SQLite does not wait for others,
/// whatever the busy timeout: of processes that start together, all but one are turned away at once.
async fn connect_to_migrate(options: &SqliteConnectOptions) -> Result<SqliteConnection, Trouble> {
    let give_up = Instant::now() + BUSY_TIMEOUT;
    loop {
        match connect(options).await {
            Err(trouble) if trouble.kind == Kind::Unavailable && Instant::now() < give_up => {
                tokio::time::sleep(BUSY_PAUSE).await;
            }
            connected_or_refused => return connected_or_refused,
        }
    }
}

/// All in one transaction that takes the write lock first: two processes that start together
/// take turns, and a failure leaves nothing behind.
async fn apply_migrations(connection: &mut SqliteConnection) -> Result<(), Trouble> {
    let begin = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begin.map_err(explain)?;
    let known = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    let migrated_before: i64 = sqlx::query_scalar(known)
        .fetch_one(&mut *transaction)
        .await
        .map_err(explain)?;
    if migrated_before > 0 {
        let latest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations \
                      WHERE version BETWEEN ? AND ?";
        let latest: i64 = sqlx::query_scalar(latest)
            .bind(schema::LOG_MIGRATIONS.start())
            .bind(schema::LOG_MIGRATIONS.end())
            .fetch_one(&mut *transaction)
            .await
            .map_err(explain)?;
        schema::refuse_newer(&MIGRATOR, latest)?;
    }
    MIGRATOR
        .run_direct(&mut *transaction)
        .await
        .map_err(|error| schema::migration_trouble(error, explain))?;
    transaction.commit().await.map_err(explain)
}

/// SQLite's own codes, in the words of somebody who can do something about them.
pub(super) fn explain(error: sqlx::Error) -> Trouble {
    if let sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed = error {
        let sentence = "no connection to the event store's file became free in time";
        return Trouble::new(Kind::Unavailable, sentence, error);
    }
    let (kind, sentence) = meaning(primary_code(&error));
    Trouble::new(kind, sentence, error)
}

pub(super) const CANNOT_OPEN: &str =
    "the event store's file cannot be opened: its folder must exist and be writable";

pub(super) fn meaning(primary_code: Option<i32>) -> (Kind, &'static str) {
    match primary_code {
        Some(5 | 6) => (
            Kind::Unavailable,
            "another process keeps the event store's file locked",
        ),
        Some(8) => (Kind::Refused, "the event store's file is read-only"),
        Some(10) => (
            Kind::Refused,
            "the disk under the event store's file reported an error",
        ),
        Some(11) => (
            Kind::Refused,
            "the event store's file is damaged: restore it from a backup",
        ),
        Some(13) => (
            Kind::Refused,
            "the disk is full: free some space, nothing was half-written",
        ),
        Some(14) => (Kind::Refused, CANNOT_OPEN),
        Some(26) => (Kind::Refused, "the file is not a SQLite database"),
        _ => (Kind::Refused, "the event store's file could not be used"),
    }
}

/// SQLite's extended codes carry the general one in their lowest byte.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
}

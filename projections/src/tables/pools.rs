//! Connections to the read tables' database.

use std::str::FromStr;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};

use crate::error::TablesError;
use crate::sql::{BulkTarget, Dialect};

/// Enough for a page of the UI to ask everything at once.
const READERS: u32 = 8;
/// People wait no longer than this for a database that is gone.
const LONGEST_WAIT_TO_READ: Duration = Duration::from_secs(5);
/// PostgreSQL: one per projection. SQLite has one writer at a time anyway, and a queue in the pool
/// is fairer than its busy timeout.
const POSTGRES_WRITERS: u32 = 4;

#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    Read,
    Write,
}

pub(super) fn dialect_of(url: &str) -> Result<Dialect, TablesError> {
    match url.split_once(':') {
        Some(("sqlite", _)) => Ok(Dialect::Sqlite),
        Some(("postgres" | "postgresql", _)) => Ok(Dialect::Postgres),
        Some(_) | None => Err(TablesError::UnknownDatabase),
    }
}

pub(super) fn bulk_target(url: &str, dialect: Dialect) -> Result<BulkTarget, sqlx::Error> {
    Ok(match dialect {
        Dialect::Sqlite => BulkTarget::Sqlite(SqliteConnectOptions::from_str(url)?),
        Dialect::Postgres => BulkTarget::Postgres(PgConnectOptions::from_str(url)?),
    })
}

/// Of tables that are there already, for who may only read them.
pub(super) async fn pool_to_read(url: &str, dialect: Dialect) -> Result<AnyPool, TablesError> {
    match dialect {
        Dialect::Sqlite if !url.contains('?') => readers_of_file(url).await,
        Dialect::Postgres if !url.contains("search_path") => readers_of_server(url).await,
        Dialect::Sqlite | Dialect::Postgres => pool(url, dialect, Use::Read).await,
    }
}

/// SQLite would make a write-ahead log beside a file that has none. Where it may not, nobody else can
/// write either, and the file can be read as it stands.
async fn readers_of_file(url: &str) -> Result<AnyPool, TablesError> {
    let readers = pool(&format!("{url}?mode=ro"), Dialect::Sqlite, Use::Read).await?;
    let looked = readers.execute("SELECT count(*) FROM sqlite_master").await;
    let log = format!(
        "{}-wal",
        url.trim_start_matches("sqlite:").trim_start_matches("//")
    );
    let has_log = std::fs::metadata(log).is_ok_and(|found| found.len() > 0);
    if looked.is_ok() || has_log {
        return Ok(readers);
    }
    let as_it_stands = format!("{url}?mode=ro&immutable=true");
    pool(&as_it_stands, Dialect::Sqlite, Use::Read).await
}

/// Where the tables are that a server keeps: not what stands in front of them, in a schema that is
/// searched earlier.
async fn readers_of_server(url: &str) -> Result<AnyPool, TablesError> {
    let mut connection = AnyConnection::connect(url).await?;
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT n.nspname::text FROM pg_catalog.pg_class c \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relname = 'projection_state' AND c.relkind IN ('r', 'p') ORDER BY 1",
    )
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    match found.as_slice() {
        // Nobody has made any: whoever reads is told
        [] => pool(url, Dialect::Postgres, Use::Read).await,
        [schema] => pinned(url, schema).await,
        several => Err(TablesError::WhichTables(several.join(", "))),
    }
}

/// Only the tables of this schema, and rather none than without the rows that somebody hides.
async fn pinned(url: &str, schema: &str) -> Result<AnyPool, TablesError> {
    let name = schema.replace('"', "\"\"");
    let pin = format!("SET search_path TO \"{name}\"");
    let pool = AnyPoolOptions::new()
        .acquire_timeout(LONGEST_WAIT_TO_READ)
        .max_connections(READERS)
        .after_connect(move |connection, _| {
            let pin = pin.clone();
            Box::pin(async move {
                connection.execute(pin.as_str()).await?;
                connection.execute("SET row_security = off").await?;
                for &setting in settings(Dialect::Postgres, Use::Read) {
                    connection.execute(setting).await?;
                }
                Ok(())
            })
        });
    Ok(pool.connect(url).await?)
}

pub(super) async fn pool(url: &str, dialect: Dialect, usage: Use) -> Result<AnyPool, TablesError> {
    let connections = match (usage, dialect) {
        (Use::Read, _) => READERS,
        (Use::Write, Dialect::Sqlite) => 1,
        (Use::Write, Dialect::Postgres) => POSTGRES_WRITERS,
    };
    let settings = settings(dialect, usage);
    let mut options = AnyPoolOptions::new();
    if dialect == Dialect::Sqlite {
        options = options.after_release(|connection, _| Box::pin(is_reusable(connection)));
    }
    if matches!(usage, Use::Read) {
        options = options.acquire_timeout(LONGEST_WAIT_TO_READ);
    }
    let pool = options
        .max_connections(connections)
        // Readers answer people: a connection that a database restart broke is replaced before use
        .test_before_acquire(matches!((usage, dialect), (Use::Read, Dialect::Postgres)))
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for &setting in settings {
                    connection.execute(setting).await?;
                }
                Ok(())
            })
        })
        .connect(url)
        .await?;
    Ok(pool)
}

/// SQLite ends a transaction by itself when the disk is full. The driver is not told: it counts one
/// more level than there is, and a later transaction on the connection that fails would stay open
/// and lock everybody out.
async fn is_reusable(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    // A rollback of the transaction before comes first
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

fn settings(dialect: Dialect, usage: Use) -> &'static [&'static str] {
    match (dialect, usage) {
        (Dialect::Sqlite, Use::Write) => &[
            "PRAGMA busy_timeout = 10000",
            "PRAGMA journal_mode = WAL",
            // A checkpoint moves with its rows: after a power loss both are behind, and catch up
            "PRAGMA synchronous = NORMAL",
        ],
        (Dialect::Sqlite, Use::Read) => {
            &["PRAGMA busy_timeout = 10000", "PRAGMA query_only = true"]
        }
        (Dialect::Postgres, Use::Write) => &[
            // As with SQLite: rows and checkpoint are lost together or not at all
            "SET synchronous_commit = off",
            CUSTOM_PLANS,
        ],
        (Dialect::Postgres, Use::Read) => &[CUSTOM_PLANS],
    }
}

/// A plan made while a table was empty would scan it for ever.
const CUSTOM_PLANS: &str = "SET plan_cache_mode = force_custom_plan";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;

    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_by_itself_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("tables.sqlite").display());
        let tables = Tables::connect(&url).await.unwrap();
        let writer = tables.writer();
        writer
            .execute("CREATE TABLE counted (number BIGINT PRIMARY KEY)")
            .await
            .unwrap();

        let mut ended = writer.begin().await.unwrap();
        // As on a full disk, the whole transaction is gone when the second statement fails
        for statement in [
            "INSERT INTO counted VALUES (1)",
            "INSERT OR ROLLBACK INTO counted VALUES (1)",
        ] {
            let _second_fails = ended.execute(statement).await;
        }
        drop(ended);
        let mut given_up = writer.begin().await.unwrap();
        let inserted = given_up.execute("INSERT INTO counted VALUES (2)").await;
        inserted.unwrap();
        drop(given_up);
        // Whatever giving it back takes is done
        drop(writer.acquire().await.unwrap());

        // Another process, which does not wait
        let other = AnyPoolOptions::new().connect(&url).await.unwrap();
        other.execute("PRAGMA busy_timeout = 0").await.unwrap();
        let inserted = other.execute("INSERT INTO counted VALUES (3)").await;
        inserted.unwrap();
    }
}

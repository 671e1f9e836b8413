//! The database the read tables live in.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AnyPool, Executor};

use crate::error::TablesError;
use crate::read_your_writes::Progress;
use crate::sql::{BulkWriter, Dialect};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite/tables");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres/tables");

/// Enough for a page of the UI to ask everything at once.
const READERS: u32 = 8;
/// PostgreSQL: one per projection. SQLite has one writer at a time anyway, and a queue in the pool
/// is fairer than its busy timeout.
const POSTGRES_WRITERS: u32 = 4;

/// The read tables. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Tables(Arc<Shared>);

struct Shared {
    dialect: Dialect,
    /// For bulk writers; `None` where statements are the fastest way.
    bulk: Option<PgConnectOptions>,
    readers: AnyPool,
    writer: AnyPool,
    progress: Progress,
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The pools know the database's password
        write!(f, "Tables({:?})", self.0.dialect)
    }
}

impl Tables {
    /// Opens `sqlite:<path>` (made when it isn't there) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self, TablesError> {
        sqlx::any::install_default_drivers();
        let dialect = dialect_of(url)?;
        let url = match dialect {
            Dialect::Sqlite if !url.contains('?') => format!("{url}?mode=rwc"),
            Dialect::Sqlite | Dialect::Postgres => url.to_owned(),
        };
        let bulk = match dialect {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(PgConnectOptions::from_str(&url)?),
        };
        // The writer comes first: it makes the file
        let writer = pool(&url, dialect, Use::Write).await?;
        let readers = pool(&url, dialect, Use::Read).await?;
        Ok(Self(Arc::new(Shared {
            dialect,
            bulk,
            readers,
            writer,
            progress: Progress::default(),
        })))
    }

    /// Brings the tables to the shape this release expects.
    pub async fn migrate(&self) -> Result<(), TablesError> {
        let embedded = match self.0.dialect {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
        };
        let mut migrator = Migrator {
            migrations: embedded.migrations.clone(),
            ..Migrator::DEFAULT
        };
        // Where the log shares the database, its migrations are listed in the same table
        migrator.set_ignore_missing(true);
        migrator
            .run(&self.0.writer)
            .await
            .map_err(TablesError::Migration)
    }

    /// Closes all connections, once those in use are given back.
    pub async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        &self.0.readers
    }

    pub(crate) fn writer(&self) -> &AnyPool {
        &self.0.writer
    }

    /// Where the database has a faster way in than statements.
    pub(crate) async fn bulk_writer(&self) -> Result<Option<BulkWriter>, sqlx::Error> {
        match &self.0.bulk {
            Some(database) => BulkWriter::connect(database).await.map(Some),
            None => Ok(None),
        }
    }

    pub(crate) fn progress(&self) -> &Progress {
        &self.0.progress
    }
}

fn dialect_of(url: &str) -> Result<Dialect, TablesError> {
    match url.split_once(':') {
        Some(("sqlite", _)) => Ok(Dialect::Sqlite),
        Some(("postgres" | "postgresql", _)) => Ok(Dialect::Postgres),
        Some(_) | None => Err(TablesError::UnknownDatabase),
    }
}

#[derive(Debug, Clone, Copy)]
enum Use {
    Read,
    Write,
}

async fn pool(url: &str, dialect: Dialect, usage: Use) -> Result<AnyPool, TablesError> {
    let connections = match (usage, dialect) {
        (Use::Read, _) => READERS,
        (Use::Write, Dialect::Sqlite) => 1,
        (Use::Write, Dialect::Postgres) => POSTGRES_WRITERS,
    };
    let settings = settings(dialect, usage);
    let pool = AnyPoolOptions::new()
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

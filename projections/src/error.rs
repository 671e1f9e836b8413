//! What can go wrong with the tables, by who can fix it: a retry, or an operator.

use std::error::Error;

use sqlx::migrate::MigrateError;

/// The tables could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    #[error("the tables' database address must begin with sqlite: or postgres:")]
    UnknownDatabase,
    /// A retry may succeed: the database is down, restarting, busy or out of connections.
    #[error("the tables' database is not reachable")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// An operator must act: a full disk, a corrupt file, a missing migration.
    #[error("the tables' database failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
    #[error("the tables could not be migrated")]
    Migration(#[source] MigrateError),
    /// An older release would misread what a newer one has changed.
    #[error("the tables were changed by a newer release (change {change}); start that one")]
    Newer { change: i64 },
    #[error(
        "the schemas {0} each have such tables: say which with ?options=-c%20search_path%3DNAME at the end of the URL"
    )]
    WhichTables(String),
    #[error("there is no projection called {0}")]
    UnknownProjection(String),
}

impl From<sqlx::Error> for TablesError {
    fn from(error: sqlx::Error) -> Self {
        let unavailable = match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(refusal) => refusal.code().is_some_and(|code| is_passing(&code)),
            _ => false,
        };
        Self::of(error, unavailable)
    }
}

impl From<tokio_rusqlite::Error> for TablesError {
    fn from(error: tokio_rusqlite::Error) -> Self {
        match error {
            tokio_rusqlite::Error::Rusqlite(refusal) => {
                let code = refusal.sqlite_error().map(|code| code.extended_code);
                Self::of(refusal, code.is_some_and(is_busy))
            }
            tokio_rusqlite::Error::ConnectionClosed => Self::of(error, true),
            other => Self::of(other, false),
        }
    }
}

impl TablesError {
    fn of(error: impl Error + Send + Sync + 'static, unavailable: bool) -> Self {
        let error = Box::new(error);
        if unavailable {
            Self::Unavailable(error)
        } else {
            Self::Failed(error)
        }
    }
}

/// Connection trouble, shutdowns, deadlocks and lock waits pass by themselves.
fn is_passing(code: &str) -> bool {
    const SQLSTATE_CLASSES: [&str; 5] = ["08", "40", "53", "55", "57"];
    if code.len() == 5 {
        return SQLSTATE_CLASSES.contains(&&code[..2]);
    }
    code.parse().is_ok_and(is_busy)
}

/// Somebody else holds a lock. SQLite's extended codes have the plain one in their lowest byte.
fn is_busy(code: i32) -> bool {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    [BUSY, LOCKED].contains(&(code & 0xff))
}

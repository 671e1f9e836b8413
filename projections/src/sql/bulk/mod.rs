//! The fast way in for many rows that are new.

mod copy;
mod insert;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

pub(crate) use self::copy::Copier;
pub(crate) use self::insert::Inserter;
use super::record::{Format, Rows};
use crate::error::TablesError;

/// A connection of its own, because this is not among what all databases can do.
pub(crate) trait BulkWriter: Send + Sized + 'static {
    type Format: Format + Send;

    /// Stores rows whose keys are not in the table. `false`, and nothing stored, when the
    /// checkpoint is of another generation by now.
    fn store(
        &mut self,
        to: Destination,
        rows: Rows<Self::Format>,
    ) -> impl Future<Output = Result<bool, TablesError>> + Send;

    /// Lets go of the database before its others do.
    fn close(self) -> impl Future<Output = Result<(), TablesError>> + Send;
}

/// What a bulk writer connects to.
#[derive(Debug)]
pub(crate) enum BulkTarget {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

/// Where rows belong: the table is the caller's while its checkpoint is of this generation.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) checkpoint: String,
    pub(crate) generation: i64,
    pub(crate) table: String,
}

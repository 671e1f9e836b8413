//! SQLite's prepared statement, a row at a time: as a JSON text, rows take several times as long.

use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, ToSql, TransactionBehavior};
use sqlx::sqlite::SqliteConnectOptions;
use tokio_rusqlite::Connection;

use super::{BulkWriter, Destination};
use crate::error::TablesError;
use crate::sql::record::{Cell, Cells, Rows};

const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// What grows in several places is written back seldom: unique indexes meet their pages again and again.
/// As for other writers of tables, a checkpoint moves with its rows.
const SETTINGS: &str = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; \
                        PRAGMA wal_autocheckpoint = 16384";

#[derive(Debug)]
pub(crate) struct Inserter(Connection);

impl Inserter {
    pub(crate) async fn connect(file: &SqliteConnectOptions) -> Result<Self, TablesError> {
        let connection = Connection::open(file.get_filename()).await?;
        let prepare = |file: &mut rusqlite::Connection| {
            file.busy_timeout(BUSY_TIMEOUT)?;
            Ok(file.execute_batch(SETTINGS)?)
        };
        connection.call(prepare).await?;
        Ok(Self(connection))
    }
}

impl BulkWriter for Inserter {
    type Format = Cells;

    async fn store(&mut self, to: Destination, rows: Rows<Cells>) -> Result<bool, TablesError> {
        let insert = move |file: &mut rusqlite::Connection| Ok(insert(file, &to, &rows)?);
        Ok(self.0.call(insert).await?)
    }

    async fn close(self) -> Result<(), TablesError> {
        Ok(self.0.close().await?)
    }
}

fn insert(
    file: &mut rusqlite::Connection,
    to: &Destination,
    rows: &Rows<Cells>,
) -> rusqlite::Result<bool> {
    let transaction = file.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let ours = transaction
        .prepare_cached("SELECT 1 FROM projection_state WHERE name = ? AND generation = ?")?
        .query_row((&to.checkpoint, to.generation), |_| Ok(()))
        .optional()?;
    if ours.is_none() {
        return Ok(false);
    }
    let marks = vec!["?"; rows.written.columns()].join(", ");
    let statement = format!(
        "INSERT INTO {} ({}) VALUES ({marks})",
        to.table, rows.columns
    );
    let mut statement = transaction.prepare_cached(&statement)?;
    for row in rows.written.rows() {
        for (column, cell) in (1..).zip(row) {
            statement.raw_bind_parameter(column, cell)?;
        }
        statement.raw_execute()?;
    }
    drop(statement);
    transaction.commit()?;
    Ok(true)
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

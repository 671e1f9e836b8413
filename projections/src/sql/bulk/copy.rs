//! PostgreSQL's `COPY`.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use super::{BulkWriter, Destination};
use crate::error::TablesError;
use crate::sql::record::{Lines, Rows};

/// The database stores one chunk while the next is on its way.
const CHUNK: usize = 1 << 18;

#[derive(Debug)]
pub(crate) struct Copier(PgConnection);

impl Copier {
    pub(crate) async fn connect(database: &PgConnectOptions) -> Result<Self, TablesError> {
        let mut connection = database.connect().await?;
        // Ordered before the commit that puts the table in place, and lost only with it
        connection.execute("SET synchronous_commit = off").await?;
        Ok(Self(connection))
    }
}

impl BulkWriter for Copier {
    type Format = Lines;

    async fn store(&mut self, to: Destination, rows: Rows<Lines>) -> Result<bool, TablesError> {
        let mut transaction = self.0.begin().await?;
        // The lock keeps another rebuild from clearing the table meanwhile
        let ours = sqlx::query(
            "SELECT 1 FROM projection_state WHERE name = $1 AND generation = $2 FOR UPDATE",
        )
        .bind(to.checkpoint)
        .bind(to.generation)
        .fetch_optional(&mut *transaction)
        .await?;
        if ours.is_none() {
            return Ok(false);
        }
        let statement = format!("COPY {} ({}) FROM STDIN", to.table, rows.columns);
        let mut copy = transaction.copy_in_raw(&statement).await?;
        for chunk in rows.written.0.as_bytes().chunks(CHUNK) {
            copy.send(chunk).await?;
        }
        copy.finish().await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn close(self) -> Result<(), TablesError> {
        Ok(self.0.close().await?)
    }
}

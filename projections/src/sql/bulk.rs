//! PostgreSQL's fast way in for many rows that are new.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use super::record::Rows;

/// A connection of its own, because COPY is not among what all databases can do.
#[derive(Debug)]
pub(crate) struct BulkWriter(PgConnection);

impl BulkWriter {
    pub(crate) async fn connect(database: &PgConnectOptions) -> Result<Self, sqlx::Error> {
        let mut connection = database.connect().await?;
        // Ordered before the commit that puts the table in place, and lost only with it
        connection.execute("SET synchronous_commit = off").await?;
        Ok(Self(connection))
    }

    /// Stores rows whose keys are not in the table. `false`, and nothing stored, when the
    /// checkpoint is of another generation by now: the table is no longer the caller's.
    pub(crate) async fn store(
        &mut self,
        checkpoint: &str,
        generation: i64,
        table: &str,
        rows: &Rows,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.0.begin().await?;
        // The lock keeps another rebuild from clearing the table meanwhile
        let ours = sqlx::query(
            "SELECT 1 FROM projection_state WHERE name = $1 AND generation = $2 FOR UPDATE",
        )
        .bind(checkpoint)
        .bind(generation)
        .fetch_optional(&mut *transaction)
        .await?;
        if ours.is_none() {
            return Ok(false);
        }
        let statement = format!("COPY {table} ({}) FROM STDIN", rows.columns);
        let mut copy = transaction.copy_in_raw(&statement).await?;
        for chunk in rows.text.as_bytes().chunks(CHUNK) {
            copy.send(chunk).await?;
        }
        copy.finish().await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The database stores one chunk while the next is on its way.
const CHUNK: usize = 1 << 18;

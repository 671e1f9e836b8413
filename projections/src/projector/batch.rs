//! What was folded and is not in the table yet, and writing it.

use event_store::Position;
use sqlx::{AnyConnection, Connection};

use super::advance_error::AdvanceError;
use super::checkpoint::Checkpoint;
use crate::projection::Projection;
use crate::sql::{BulkWriter, Destination, Dialect, Objects, Rows};
use crate::tables::Tables;

/// Groups that were folded since they were last written.
#[derive(Debug)]
pub(super) struct Unsaved<F = Objects> {
    /// Groups that lost all their rows, whatever came after.
    pub(super) cleared: Vec<String>,
    pub(super) rows: Option<Rows<F>>,
}

impl<F> Unsaved<F> {
    pub(super) fn is_empty(&self) -> bool {
        self.cleared.is_empty() && self.rows.is_none()
    }
}

/// The statements that move one table on.
#[derive(Debug, Clone)]
pub(super) struct Statements {
    /// The checkpoint's name.
    pub(super) state: String,
    pub(super) table: String,
    pub(super) upsert: String,
    delete: String,
}

impl Statements {
    pub(super) fn new<P: Projection>(dialect: Dialect, state: String, table: String) -> Self {
        Self {
            upsert: dialect.upsert(&P::TABLE, &table),
            delete: dialect.delete_groups(&P::TABLE, &table),
            state,
            table,
        }
    }

    /// Moves the checkpoint and writes what was folded, in the caller's transaction.
    pub(super) async fn write(
        &self,
        connection: &mut AnyConnection,
        from: &Checkpoint,
        to: Position,
        unsaved: Unsaved,
    ) -> Result<(), AdvanceError> {
        if !from.advance(connection, &self.state, to).await? {
            return Err(AdvanceError::Overtaken);
        }
        if !unsaved.cleared.is_empty() {
            let cleared = serde_json::json!(unsaved.cleared).to_string();
            execute(connection, &self.delete, cleared).await?;
        }
        if let Some(rows) = unsaved.rows {
            execute(connection, &self.upsert, rows.written.0).await?;
        }
        Ok(())
    }
}

async fn execute(
    connection: &mut AnyConnection,
    sql: &str,
    argument: String,
) -> Result<(), sqlx::Error> {
    sqlx::query(sql).bind(argument).execute(connection).await?;
    Ok(())
}

/// A shadow's next rows, taken from its cursor.
#[derive(Debug)]
pub(super) struct Batch<F> {
    pub(super) statements: Statements,
    pub(super) from: Checkpoint,
    pub(super) to: Position,
    /// Groups that the table has never had.
    pub(super) new: Option<Rows<F>>,
    pub(super) unsaved: Unsaved,
}

impl<F> Batch<F> {
    /// New rows come ahead of the checkpoint: a shadow is thrown away, or cut back to its checkpoint,
    /// if its rebuild ends early.
    pub(super) async fn write<W: BulkWriter<Format = F>>(
        self,
        tables: &Tables,
        bulk: &mut W,
    ) -> Result<(), AdvanceError> {
        if let Some(rows) = self.new {
            let to = Destination {
                checkpoint: self.statements.state.clone(),
                generation: self.from.generation,
                table: self.statements.table.clone(),
            };
            if !bulk.store(to, rows).await? {
                return Err(AdvanceError::Overtaken);
            }
        }
        let mut connection = tables.writer().acquire().await?;
        let mut transaction = connection.begin().await?;
        let statements = &self.statements;
        let written = statements.write(&mut transaction, &self.from, self.to, self.unsaved);
        written.await?;
        Ok(transaction.commit().await?)
    }
}

//! What was folded, on its way into the table.

use std::mem;

use domain::ErrorChain;
use event_store::Position;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AnyConnection, Connection};

use super::Cursor;
use crate::projection::Projection;
use crate::projector::advance_error::AdvanceError;
use crate::projector::batch::{Batch, Unsaved};
use crate::projector::checkpoint::{self, Parked};
use crate::sql::{BulkTarget, Cells, Format, LiveWriter, Record, Rows};
use crate::tables::Tables;

impl<P: Projection> Cursor<P> {
    /// Takes what was folded out of a shadow's cursor, for another to write. If that fails, the cursor
    /// is void.
    pub(in crate::projector) fn take<F: Format>(&mut self) -> Batch<F> {
        let new = self.take_new();
        let unsaved = self.take_unsaved();
        let from = self.checkpoint.clone();
        self.saved();
        Batch {
            statements: self.statements.clone(),
            from,
            to: self.looked_to,
            new,
            unsaved,
        }
    }

    /// The groups that the table has never had.
    fn take_new<F: Format>(&mut self) -> Option<Rows<F>> {
        let mut record = Record::new();
        let groups = &mut self.groups;
        self.unsaved.retain(|name| {
            let Some(group) = groups.get_mut(name).filter(|group| !group.stored) else {
                return true;
            };
            group.cleared = false;
            for row in &group.rows {
                record.begin_row();
                P::write(row, &mut record);
            }
            group.settle(P::TABLE.newest.is_some());
            false
        });
        record.finish()
    }

    /// Writes what was folded, and parks behind it if there is a reason.
    pub(in crate::projector) async fn save(
        &mut self,
        tables: &Tables,
        parked: Option<Parked>,
    ) -> Result<(), AdvanceError> {
        if let BulkTarget::Postgres(database) = tables.bulk_target()
            && parked.is_none()
            && self.only_moves_on()
        {
            self.move_on(database).await?;
        } else {
            self.save_in_transaction(tables, parked.as_ref()).await?;
        }
        self.saved();
        self.checkpoint.parked = parked;
        Ok(())
    }

    /// A row of the checkpoint's is there, and none has to go.
    fn only_moves_on(&self) -> bool {
        let is_there = self.checkpoint.position > Position::default();
        let groups = || self.unsaved.iter().filter_map(|name| self.groups.get(name));
        self.is_live && is_there && !groups().any(|group| group.cleared)
    }

    async fn move_on(&mut self, database: &PgConnectOptions) -> Result<(), AdvanceError> {
        let unsaved = self.take_unsaved::<Cells>();
        let writer = match &mut self.live_writer {
            Some(writer) if !writer.has_paused() => writer,
            stale_or_none => {
                let connecting = LiveWriter::connect(database, &P::TABLE, checkpoint::ADVANCE);
                stale_or_none.insert(connecting.await?)
            }
        };
        let step = self.checkpoint.step(&self.statements.state, self.looked_to);
        overtaken_unless(writer.advance(step, unsaved.rows.as_ref()).await?)
    }

    /// Lets go of the database.
    pub(in crate::projector) async fn close(self) {
        if let Some(writer) = self.live_writer
            && let Err(error) = writer.close().await
        {
            tracing::debug!(error = %ErrorChain(&error), "a connection did not end in order");
        }
    }

    async fn save_in_transaction(
        &mut self,
        tables: &Tables,
        parked: Option<&Parked>,
    ) -> Result<(), AdvanceError> {
        let unsaved = self.take_unsaved();
        let mut connection = tables.writer().acquire().await?;
        let (statements, to) = (&self.statements, self.looked_to);
        let checkpoint = &self.checkpoint;
        if checkpoint.position > Position::default() && parked.is_none() && unsaved.is_empty() {
            // A statement is its own transaction
            let moved = checkpoint.advance(&mut connection, &statements.state, to);
            return overtaken_unless(moved.await?);
        }
        let mut transaction = connection.begin().await?;
        if let Some(lock) = &self.lock {
            sqlx::query(lock).execute(&mut *transaction).await?;
        }
        let written = statements.write(&mut transaction, checkpoint, to, unsaved);
        written.await?;
        if let Some(parked) = parked {
            checkpoint::park(&mut transaction, &statements.state, parked).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Writes what was folded in the caller's transaction. If that does not commit, the cursor is
    /// void.
    pub(in crate::projector) async fn save_within(
        &mut self,
        connection: &mut AnyConnection,
    ) -> Result<(), AdvanceError> {
        let unsaved = self.take_unsaved();
        let (statements, checkpoint) = (&self.statements, &self.checkpoint);
        let written = statements.write(connection, checkpoint, self.looked_to, unsaved);
        written.await?;
        self.saved();
        Ok(())
    }

    fn take_unsaved<F: Format>(&mut self) -> Unsaved<F> {
        let mut cleared = vec![];
        let mut record = Record::new();
        let saved_to = self.checkpoint.position;
        for name in mem::take(&mut self.unsaved) {
            let Some(group) = self.groups.get_mut(&name) else {
                continue;
            };
            for row in group.rows.iter().filter(|r| P::last_position(r) > saved_to) {
                record.begin_row();
                P::write(row, &mut record);
            }
            group.settle(P::TABLE.newest.is_some());
            if mem::take(&mut group.cleared) {
                cleared.push(name);
            }
        }
        Unsaved {
            cleared,
            rows: record.finish(),
        }
    }

    fn saved(&mut self) {
        self.checkpoint.position = self.looked_to;
        self.groups.forget_some();
    }
}

fn overtaken_unless(moved: bool) -> Result<(), AdvanceError> {
    if moved {
        Ok(())
    } else {
        Err(AdvanceError::Overtaken)
    }
}

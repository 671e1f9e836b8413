//! Where one table stands in the log, and moving it on: rows and checkpoint in one transaction.

mod save;

use std::future::ready;
use std::mem;

use chrono::{DateTime, Utc};
use domain::ErrorChain;
use event_store::Position;

use super::advance_error::AdvanceError;
use super::batch::Statements;
use super::checkpoint::{Checkpoint, Parked};
use super::groups::Groups;
use super::page::{Page, Poison};
use crate::projection::Projection;
use crate::sql::LiveWriter;
use crate::tables::Tables;

/// Which of a read model's two tables.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// What readers see.
    Live,
    /// What a rebuild fills.
    Shadow,
}

impl Place {
    /// The name of the table or checkpoint in this place.
    pub(crate) fn of(self, name: &str) -> String {
        match self {
            Self::Live => name.to_owned(),
            Self::Shadow => format!("{name}__rebuild"),
        }
    }
}

pub(super) struct Cursor<P: Projection> {
    /// As stored; a shadow's may still be on its way.
    checkpoint: Checkpoint,
    /// At or after the checkpoint: what lies between concerns other projections.
    looked_to: Position,
    statements: Statements,
    is_live: bool,
    /// From the first save on that it can do.
    live_writer: Option<LiveWriter>,
    lock: Option<String>,
    groups: Groups<P>,
    /// Recalled when there is something to fold.
    memory: Option<P::Memory>,
    /// The names of groups folded and not yet in the table.
    unsaved: Vec<String>,
}

impl<P: Projection> Cursor<P> {
    pub(super) async fn open(tables: &Tables) -> Result<Self, sqlx::Error> {
        let checkpoint = Checkpoint::read(tables, P::NAME).await?;
        let groups = Groups::new(tables.dialect(), P::TABLE.name);
        Ok(Self::new(tables, Place::Live, checkpoint, groups))
    }

    /// Where a shadow table stands: at its beginning, or where an interrupted rebuild saved it.
    /// At most `kept` groups stay in memory from one batch to the next.
    pub(super) fn of_shadow(tables: &Tables, checkpoint: Checkpoint, kept: usize) -> Self {
        let table = Place::Shadow.of(P::TABLE.name);
        let is_empty = checkpoint.position == Position::default();
        let groups = Groups::to_fill(tables.dialect(), &table, is_empty, kept);
        Self::new(tables, Place::Shadow, checkpoint, groups)
    }

    fn new(tables: &Tables, place: Place, checkpoint: Checkpoint, groups: Groups<P>) -> Self {
        let table = place.of(P::TABLE.name);
        let dialect = tables.dialect();
        let is_live = matches!(place, Place::Live);
        Self {
            looked_to: checkpoint.position,
            checkpoint,
            is_live,
            live_writer: None,
            // A shadow's checkpoint is locked before its table
            lock: dialect.lock_for_rows(&table).filter(|_| is_live),
            statements: Statements::new::<P>(dialect, place.of(P::NAME), table),
            groups,
            memory: None,
            unsaved: vec![],
        }
    }

    /// How far the table is: what `looked_to` skipped changes nothing in it.
    pub(super) fn reached(&self) -> Checkpoint {
        Checkpoint {
            position: self.looked_to,
            ..self.checkpoint.clone()
        }
    }

    pub(super) fn position(&self) -> Position {
        self.looked_to
    }

    pub(super) fn generation(&self) -> i64 {
        self.checkpoint.generation
    }

    pub(super) fn is_parked(&self) -> bool {
        self.checkpoint.parked.is_some()
    }

    pub(super) fn is_saved(&self) -> bool {
        self.looked_to == self.checkpoint.position
    }

    /// Skips a page without events for this projection; saved with the next that has some.
    pub(super) fn look_past(&mut self, page: &Page) {
        self.looked_to = page.up_to;
    }

    /// Folds a page in memory. What is in the table cannot have changed underneath: if it has,
    /// [`Cursor::save`] finds the checkpoint moved and keeps nothing.
    pub(super) async fn fold(&mut self, tables: &Tables, page: &Page) -> Result<(), AdvanceError> {
        self.fold_once(ready(Ok(())), tables, page).await
    }

    /// As [`Self::fold`], where rows may be on their way into the table: before it reads any there, it
    /// waits until they are `written`.
    pub(super) async fn fold_once(
        &mut self,
        written: impl Future<Output = Result<(), AdvanceError>>,
        tables: &Tables,
        page: &Page,
    ) -> Result<(), AdvanceError> {
        // A page read from elsewhere would be folded twice, or leave a gap
        if page.after != self.looked_to {
            return Err(AdvanceError::Overtaken);
        }
        let unknown = self.groups.not_in_memory(&page.events);
        if !unknown.is_empty() {
            written.await?;
            self.groups.load(tables, &unknown).await?;
        }
        let memory = match &mut self.memory {
            Some(memory) => memory,
            none => none.insert(P::recall(tables.readers(), &self.statements.table).await?),
        };
        for recorded in &page.events {
            let name = P::group(recorded);
            let Some(group) = self.groups.get_mut(name) else {
                continue;
            };
            let rows = mem::take(&mut group.rows);
            let had_rows = !rows.is_empty();
            group.rows = P::fold(rows, recorded, memory).map_err(|error| {
                let position = recorded.position;
                AdvanceError::Poison(Poison { position, error })
            })?;
            group.cleared |= had_rows && group.rows.is_empty();
            if !mem::replace(&mut group.unsaved, true) {
                self.unsaved.push(name.to_owned());
            }
        }
        self.looked_to = page.up_to;
        Ok(())
    }

    /// Stands again where it stood before a page that it could not fold.
    pub(super) async fn rewind(&mut self, tables: &Tables, page: &Page) -> Result<(), sqlx::Error> {
        let opened = Self::open(tables).await?;
        let ours = opened.checkpoint == self.checkpoint;
        *self = opened;
        if ours {
            // What lies between checkpoint and page was looked past
            self.looked_to = page.after;
        }
        Ok(())
    }

    /// Groups folded and not yet in the table.
    pub(super) fn unsaved(&self) -> usize {
        self.unsaved.len()
    }
}

impl Poison {
    pub(super) fn park(&self, now: DateTime<Utc>) -> Parked {
        Parked {
            position: self.position,
            since: now,
            error: ErrorChain(&self.error).to_string(),
        }
    }
}

#[cfg(test)]
mod tests;

//! Builds a table anew beside the live one, then puts it in its place. One that was interrupted is
//! gone on with.

use domain::ErrorChain;
use event_store::Position;

use super::advance_error::AdvanceError;
use super::checkpoint::{Checkpoint, number};
use super::cursor::{Cursor, Place};
use super::error::ProjectorError;
use super::groups::KEPT;
use super::page::{Page, Poison, ReadAhead};
use super::prepare::prepare;
use super::run::Projector;
use super::write_behind::WriteBehind;
use crate::projection::Projection;
use crate::sql::{
    BulkTarget, BulkWriter, Columns, Copier, Dialect, Inserter, drop_shadow, index_shadow, swap,
};

/// How much is done at once.
#[derive(Debug, Clone, Copy)]
struct Strides {
    /// Events read together.
    page: usize,
    /// Events after which is written what there is, however few groups they changed: a rebuild that
    /// is interrupted folds no more of them twice.
    saved_every: u64,
    /// Groups in memory.
    kept: usize,
}

/// Large enough that asking for a page costs little beside reading it.
const STRIDES: Strides = Strides {
    page: 5_000,
    saved_every: 20_000,
    kept: KEPT,
};

/// How far a rebuild is; first told before anything is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RebuildProgress {
    pub position: Position,
    /// Where the log ended when the rebuild began; it may have grown since.
    pub head: Position,
}

pub(super) async fn rebuild<P: Projection>(
    projector: &Projector,
    progress: &(dyn Fn(RebuildProgress) + Send + Sync),
) -> Result<(), ProjectorError> {
    rebuild_in::<P>(projector, STRIDES, progress).await
}

async fn rebuild_in<P: Projection>(
    projector: &Projector,
    strides: Strides,
    progress: &(dyn Fn(RebuildProgress) + Send + Sync),
) -> Result<(), ProjectorError> {
    let beginning = prepare::<P>(projector).await?;
    let generation = beginning.generation;
    let outcome = fill_and_swap::<P>(projector, beginning, strides, progress).await;
    if outcome.is_err() {
        // What failed is told; that the shadow stays as well is only worth a line
        if let Err(error) = discard::<P>(projector, generation).await {
            let error = ErrorChain(&error);
            tracing::warn!(projection = P::NAME, %error, "a rebuild's table stays behind");
        }
    }
    outcome
}

async fn fill_and_swap<P: Projection>(
    projector: &Projector,
    beginning: Checkpoint,
    strides: Strides,
    progress: &(dyn Fn(RebuildProgress) + Send + Sync),
) -> Result<(), ProjectorError> {
    let generation = beginning.generation;
    let mut cursor = Cursor::<P>::of_shadow(&projector.tables, beginning, strides.kept);
    match projector.tables.bulk_target() {
        BulkTarget::Sqlite(file) => {
            let bulk = Inserter::connect(file).await?;
            fill(projector, &mut cursor, bulk, strides, progress).await?;
        }
        BulkTarget::Postgres(database) => {
            let bulk = Copier::connect(database).await?;
            fill(projector, &mut cursor, bulk, strides, progress).await?;
        }
    }
    let mut connection = projector.tables.writer().acquire().await?;
    index_shadow(
        &mut connection,
        projector.tables.dialect(),
        &P::TABLE,
        generation,
    )
    .await?;
    drop(connection);
    take_over(projector, cursor).await
}

async fn fill<P: Projection, W: BulkWriter>(
    projector: &Projector,
    cursor: &mut Cursor<P>,
    bulk: W,
    strides: Strides,
    progress: &(dyn Fn(RebuildProgress) + Send + Sync),
) -> Result<(), ProjectorError> {
    let head = projector.log.head().await?;
    let position = cursor.position();
    progress(RebuildProgress { position, head });
    let limit = unsaved_limit(projector.tables.dialect());
    let mut saved_to = position;
    let mut behind = WriteBehind::new(projector.tables.clone(), bulk);
    let mut pages = ReadAhead::begin::<P>(&projector.log, cursor.position(), strides.page);
    while let Some(mut page) = pages.next().await? {
        if let Some(poison) = page.poison.take() {
            return Err(failure::<P>(AdvanceError::Poison(poison)));
        }
        let folded = cursor.fold_once(behind.written(), &projector.tables, &page);
        folded.await.map_err(failure::<P>)?;
        let folded = page.up_to.0 - saved_to.0;
        if page.at_head || cursor.unsaved() >= limit || folded >= strides.saved_every {
            let written = behind.write(cursor.take());
            written.await.map_err(failure::<P>)?;
            saved_to = page.up_to;
        }
        if page.at_head {
            behind.written().await.map_err(failure::<P>)?;
        }
        let position = page.up_to;
        progress(RebuildProgress { position, head });
    }
    behind.close().await.map_err(failure::<P>)
}

/// Folds what the live table is ahead by, and takes its name, in one transaction: whoever reads
/// sees the old table or the new one, and never an older state than before.
async fn take_over<P: Projection>(
    projector: &Projector,
    mut cursor: Cursor<P>,
) -> Result<(), ProjectorError> {
    let mut transaction = projector.tables.writer().begin().await?;
    if let Some(lock) = projector.tables.dialect().lock_for_swap(P::TABLE.name) {
        sqlx::query(&lock).execute(&mut *transaction).await?;
    }
    // From here on nobody else folds: they wait for this row
    sqlx::query("UPDATE projection_state SET generation = $1 WHERE name = $2")
        .bind(cursor.generation())
        .bind(P::NAME)
        .execute(&mut *transaction)
        .await?;
    let row = sqlx::query("SELECT position FROM projection_state WHERE name = $1")
        .bind(P::NAME)
        .fetch_one(&mut *transaction)
        .await?;
    let live = Columns(&row).position("position")?;
    // A live table may say that it is ahead of the log itself: then it is of another history
    let mut at_head = false;
    while cursor.position() < live && !at_head {
        let mut page =
            Page::read::<P>(projector.log.as_ref(), cursor.position(), STRIDES.page).await?;
        if let Some(poison) = page.poison.take() {
            return Err(failure::<P>(AdvanceError::Poison(poison)));
        }
        at_head = page.at_head;
        let folded = cursor.fold(&projector.tables, &page).await;
        folded.map_err(failure::<P>)?;
    }
    let saved = cursor.save_within(&mut transaction).await;
    saved.map_err(failure::<P>)?;
    swap(&mut transaction, &P::TABLE).await?;
    sqlx::query("DELETE FROM projection_state WHERE name = $1")
        .bind(Place::Shadow.of(P::NAME))
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "UPDATE projection_state \
         SET position = $1, parked_at = NULL, parked_position = NULL, error = NULL \
         WHERE name = $2",
    )
    .bind(number(cursor.position()))
    .bind(P::NAME)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    projector.tables.progress().resume();
    Ok(())
}

/// Drops what a failed rebuild left, unless another one has begun over it.
async fn discard<P: Projection>(
    projector: &Projector,
    generation: i64,
) -> Result<(), ProjectorError> {
    let mut transaction = projector.tables.writer().begin().await?;
    let ours = sqlx::query("DELETE FROM projection_state WHERE name = $1 AND generation = $2")
        .bind(Place::Shadow.of(P::NAME))
        .bind(generation)
        .execute(&mut *transaction)
        .await?;
    if ours.rows_affected() == 1 {
        drop_shadow(&mut transaction, &P::TABLE).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Rows that change again and again are written once per so many groups. SQLite's writers, the
/// log among them, wait while they are written; PostgreSQL's do not.
fn unsaved_limit(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Sqlite => 5_000,
        Dialect::Postgres => 50_000,
    }
}

fn failure<P: Projection>(error: AdvanceError) -> ProjectorError {
    match error {
        AdvanceError::Overtaken => ProjectorError::Superseded(P::NAME),
        AdvanceError::Poison(Poison { position, error }) => ProjectorError::Poison {
            projection: P::NAME,
            position,
            source: error,
        },
        AdvanceError::Tables(error) => error.into(),
        AdvanceError::Task(error) => error.into(),
    }
}

#[cfg(test)]
mod tests;

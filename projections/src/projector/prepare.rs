//! The table that a rebuild fills, and where in the log it begins.

use event_store::Position;
use sqlx::AnyConnection;

use super::checkpoint::{Checkpoint, insert_if_missing, number};
use super::cursor::Place;
use super::error::ProjectorError;
use super::run::Projector;
use crate::projection::Projection;
use crate::sql::{Columns, create_shadow};

/// Of everything that decides what rows become. A table that another program began is not gone on
/// with: its rows might be others.
const FOLDS: &str = env!("STRATEGOS_FOLDS");

/// An empty table like the live one with a checkpoint of its own, or what an interrupted rebuild of
/// this very program left. A rebuild that is under way ends here: its checkpoint is of another
/// generation from now on.
pub(super) async fn prepare<P: Projection>(
    projector: &Projector,
) -> Result<Checkpoint, ProjectorError> {
    let mut transaction = projector.tables.writer().begin().await?;
    // A rebuild that takes over just now comes first: its generation is not to be used again
    if let Some(lock) = projector.tables.dialect().lock_for_rows(P::TABLE.name) {
        sqlx::query(&lock).execute(&mut *transaction).await?;
    }
    insert_if_missing(&mut transaction, P::NAME).await?;
    let found = begin_generation(&mut transaction, P::NAME).await?;
    if found.position > Position::default() {
        remove_what_is_ahead::<P>(&mut transaction, found.position).await?;
    } else {
        let dialect = projector.tables.dialect();
        create_shadow(&mut transaction, dialect, &P::TABLE, found.generation).await?;
    }
    transaction.commit().await?;
    Ok(found)
}

/// Moves the shadow's checkpoint to a generation of its own: to the position it had, where this
/// program put it, and else to the beginning.
async fn begin_generation(
    connection: &mut AnyConnection,
    name: &str,
) -> Result<Checkpoint, sqlx::Error> {
    let shadow = Place::Shadow.of(name);
    sqlx::query(
        "INSERT INTO projection_state (name, position, generation, folded_by) \
         SELECT $1, 0, generation + 1, $3 FROM projection_state WHERE name = $2 \
         ON CONFLICT (name) DO UPDATE \
         SET position = CASE WHEN projection_state.folded_by = $3 \
                             THEN projection_state.position ELSE 0 END, \
             generation = projection_state.generation + 1, folded_by = $3",
    )
    .bind(&shadow)
    .bind(name)
    .bind(FOLDS)
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query("SELECT position, generation FROM projection_state WHERE name = $1")
        .bind(&shadow)
        .fetch_one(&mut *connection)
        .await?;
    let columns = Columns(&row);
    Ok(Checkpoint {
        position: columns.position("position")?,
        generation: columns.integer("generation")?,
        parked: None,
    })
}

/// New rows are stored ahead of the checkpoint; those that it did not reach any more are folded again.
async fn remove_what_is_ahead<P: Projection>(
    connection: &mut AnyConnection,
    position: Position,
) -> Result<(), sqlx::Error> {
    let shadow = Place::Shadow.of(P::TABLE.name);
    // Rows that are only added say it in the column that rises from one to the next
    let position_of_row = P::TABLE.newest.unwrap_or("last_position");
    let sql = format!("DELETE FROM {shadow} WHERE {position_of_row} > $1");
    let delete = sqlx::query(&sql).bind(number(position));
    delete.execute(connection).await?;
    Ok(())
}

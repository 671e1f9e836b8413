//! How far each projection is, and letting a parked one go on.

use event_store::{EventLog, Position};

use super::catalogue::names;
use super::checkpoint::{Checkpoint, Parked};
use super::cursor::Place;
use super::error::ProjectorError;
use crate::error::TablesError;
use crate::tables::Tables;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectionStatus {
    pub name: &'static str,
    pub position: Position,
    /// Events of the log it has not looked at yet.
    pub lag: u64,
    pub parked: Option<Parked>,
    /// How far a rebuild is that runs beside it.
    pub rebuilding: Option<Position>,
}

/// Every projection's state, from the tables and from what this process knows.
pub async fn status(
    tables: &Tables,
    log: &dyn EventLog,
) -> Result<Vec<ProjectionStatus>, ProjectorError> {
    let head = log.head().await?;
    let mut all = Vec::new();
    for name in names() {
        let stored = Checkpoint::read(tables, name).await?;
        let shadow = Checkpoint::find(tables, &Place::Shadow.of(name)).await?;
        // Looking at events that concern others is written down only now and then
        let seen = tables.progress().known(name).unwrap_or_default();
        let same = seen.generation == stored.generation;
        let position = stored
            .position
            .max(if same { seen.position } else { Position(0) });
        all.push(ProjectionStatus {
            name,
            position,
            lag: head.0.saturating_sub(position.0),
            parked: stored.parked,
            rebuilding: shadow.map(|shadow| shadow.position),
        });
    }
    Ok(all)
}

/// Lets a parked projection try its event again: after an upgrade that can read it, or when what
/// stood in its way is gone.
pub async fn resume(tables: &Tables, name: &str) -> Result<(), TablesError> {
    if !names().contains(&name) {
        return Err(TablesError::UnknownProjection(name.to_owned()));
    }
    sqlx::query(
        "UPDATE projection_state SET parked_at = NULL, parked_position = NULL, error = NULL \
         WHERE name = $1",
    )
    .bind(name)
    .execute(tables.writer())
    .await?;
    tables.progress().resume();
    Ok(())
}

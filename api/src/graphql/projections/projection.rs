//! A table and how far it has folded the log.

use async_graphql::{Result, SimpleObject};
use event_store::{FeedFilter, Position};
use projections::generations;
use projections::projector::{self, ProjectionStatus};

use super::rebuilds::{Finished, Known};
use crate::graphql::connection::count;
use crate::graphql::failure::internal;
use crate::graphql::scalars::{Place, Time};
use crate::state::App;

#[derive(Debug, Clone, PartialEq, SimpleObject)]
pub(super) struct Projection {
    pub(super) name: String,
    position: Place,
    head: Place,
    /// Events it has not looked at yet.
    lag: i64,
    /// For how long the oldest of them has been waiting.
    lag_seconds: f64,
    /// Raised each time a rebuilt table takes the live one's place.
    generation: i64,
    parked: Option<ParkedProjection>,
    /// Set while a rebuild runs, here or in another process.
    rebuild: Option<ProjectionRebuild>,
    /// How the last rebuild asked of this process ended; null before the first.
    last_rebuild: Option<FinishedRebuild>,
}

/// An event that could not be folded: the table stands still before it.
#[derive(Debug, Clone, PartialEq, SimpleObject)]
struct ParkedProjection {
    position: Place,
    since: Time,
    error: String,
}

#[derive(Debug, Clone, PartialEq, SimpleObject)]
struct ProjectionRebuild {
    position: Place,
    head: Place,
}

#[derive(Debug, Clone, PartialEq, SimpleObject)]
struct FinishedRebuild {
    finished_at: Time,
    /// Null when it succeeded.
    error: Option<String>,
}

impl From<Finished> for FinishedRebuild {
    fn from(finished: Finished) -> Self {
        Self {
            finished_at: finished.at.into(),
            error: finished.error,
        }
    }
}

pub(super) async fn all(app: &App) -> Result<Vec<Projection>> {
    // Before the tables are asked: a rebuild that ends in between is shown as running, not as both
    let rebuilds = app.rebuilds.now();
    let log = app.log.as_ref();
    let head = log.head().await.map_err(internal)?;
    let statuses = projector::status(&app.tables, log)
        .await
        .map_err(internal)?;
    let generations = generations(&app.tables).await.map_err(internal)?;
    let mut all = Vec::with_capacity(statuses.len());
    for status in statuses {
        let generation = generations.get(status.name).copied().unwrap_or_default();
        all.push(shown(app, &rebuilds, status, head, generation).await?);
    }
    Ok(all)
}

async fn shown(
    app: &App,
    rebuilds: &Known,
    status: ProjectionStatus,
    head: Position,
    generation: i64,
) -> Result<Projection> {
    let head = head.max(status.position);
    let parked = status.parked.map(|parked| ParkedProjection {
        position: parked.position.into(),
        since: parked.since.into(),
        error: parked.error,
    });
    // Asked of this process, it may not have read an event yet
    let asked = rebuilds.is_running(status.name);
    let rebuilding = status.rebuilding.or(asked.then_some(Position(0)));
    let rebuild = rebuilding.map(|position| ProjectionRebuild {
        position: position.into(),
        head: head.into(),
    });
    Ok(Projection {
        name: status.name.to_owned(),
        position: status.position.into(),
        head: head.into(),
        lag: count(status.lag),
        lag_seconds: waiting_for(app, status.position, status.lag).await?,
        generation,
        parked,
        rebuild,
        last_rebuild: rebuilds.last(status.name).map(FinishedRebuild::from),
    })
}

/// Seconds since the first event was recorded that the table does not show.
async fn waiting_for(app: &App, position: Position, lag: u64) -> Result<f64> {
    if lag == 0 {
        return Ok(0.0);
    }
    let next = app.log.feed(position, 1, &FeedFilter::default()).await;
    let next = next.map_err(internal)?.events.into_iter().next();
    let waiting = next.map(|event| app.clock.now() - event.recorded_at);
    let waiting = waiting.and_then(|waiting| waiting.to_std().ok());
    Ok(waiting.map_or(0.0, |waiting| waiting.as_secs_f64()))
}

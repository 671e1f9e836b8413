//! How far the tables are that lists are read from.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::projector;

use super::context::app;
use super::failure::internal;
use super::reading::is_stale;
use super::scalars::Place;

#[derive(Debug, Default)]
pub(crate) struct ReadPositionQuery;

#[derive(Debug, SimpleObject)]
struct ReadPosition {
    /// What every table of strategies shows.
    position: Place,
    head: Place,
    /// The tables did not reach `min` in time.
    stale: bool,
}

#[Object]
impl ReadPositionQuery {
    /// How far the tables are that lists are read from. With `min` it waits for them, 2 s at most.
    async fn read_position(&self, ctx: &Context<'_>, min: Option<Place>) -> Result<ReadPosition> {
        let app = app(ctx);
        let stale = is_stale(app, min).await;
        let log = app.log.as_ref();
        let head = log.head().await.map_err(internal)?;
        let all = projector::status(&app.tables, log)
            .await
            .map_err(internal)?;
        let position = all.iter().map(|one| one.position).min();
        Ok(ReadPosition {
            position: position.unwrap_or(head).into(),
            head: head.into(),
            stale,
        })
    }
}

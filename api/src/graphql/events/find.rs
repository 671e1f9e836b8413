//! One event.

use async_graphql::{Context, Object, Result};
use event_store::{FeedFilter, Position};
use projections::history::Metadated;
use uuid::Uuid;

use super::Event;
use crate::graphql::context::app;
use crate::graphql::failure::{bad_input, internal};
use crate::graphql::scalars::Place;
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct EventQuery;

#[Object]
impl EventQuery {
    /// One event, by position or by id.
    async fn event(
        &self,
        ctx: &Context<'_>,
        position: Option<Place>,
        event_id: Option<String>,
    ) -> Result<Option<Event>> {
        match (position, event_id) {
            (Some(Place(position)), None) => event_at(app(ctx), position).await,
            (None, Some(id)) => {
                let id: Uuid = id.parse().map_err(|_| bad_input("eventId is no UUID"))?;
                let Some(recorded) = app(ctx).log.find(id).await.map_err(internal)? else {
                    return Ok(None);
                };
                let metadata = recorded.metadata().map_err(internal)?;
                Ok(Some(Metadated { recorded, metadata }.into()))
            }
            (Some(_), Some(_)) | (None, None) => Err(bad_input(
                "event needs a position or an eventId, and not both",
            )),
        }
    }
}

pub(crate) async fn event_at(app: &App, position: Position) -> Result<Option<Event>> {
    let Some(before) = position.0.checked_sub(1) else {
        return Ok(None);
    };
    let all = FeedFilter::default();
    let page = app
        .log
        .feed(Position(before), 1, &all)
        .await
        .map_err(internal)?;
    let Some(recorded) = page
        .events
        .into_iter()
        .find(|event| event.position == position)
    else {
        return Ok(None);
    };
    let metadata = recorded.metadata().map_err(internal)?;
    Ok(Some(Metadated { recorded, metadata }.into()))
}

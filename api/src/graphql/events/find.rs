//! One event.

use async_graphql::{Context, Object, Result};
use event_store::Position;
use uuid::Uuid;

use super::Event;
use crate::graphql::context::loaders;
use crate::graphql::failure::bad_input;
use crate::graphql::scalars::Place;

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
            (Some(Place(position)), None) => event_at(ctx, position).await,
            (None, Some(id)) => {
                let id: Uuid = id.parse().map_err(|_| bad_input("eventId is not a UUID"))?;
                let found = loaders(ctx).event(id).await?;
                found.map(Event::read).transpose()
            }
            (Some(_), Some(_)) | (None, None) => Err(bad_input(
                "event needs a position or an eventId, and not both",
            )),
        }
    }
}

pub(crate) async fn event_at(ctx: &Context<'_>, position: Position) -> Result<Option<Event>> {
    let found = loaders(ctx).event_at(position).await?;
    found.map(Event::read).transpose()
}

//! Events as they are recorded.

use async_graphql::{Context, Result, Subscription};
use event_store::FeedFilter;
use futures::stream::{Stream, StreamExt};

use super::{Event, EventFilterInput};
use crate::graphql::failure::internal;
use crate::graphql::follow::{begin_after, follow_log};
use crate::graphql::scalars::Place;
use crate::state::AppState;

#[derive(Debug, Default)]
pub(crate) struct EventsSubscription;

#[Subscription]
impl EventsSubscription {
    /// Every event after a position (without one: from now on), in commit order: first those that
    /// are recorded already, then live, without gap or repetition.
    async fn events(
        &self,
        ctx: &Context<'_>,
        after: Option<Place>,
        filter: Option<EventFilterInput>,
    ) -> Result<impl Stream<Item = Result<Event>>> {
        let app = ctx.data_unchecked::<AppState>().clone();
        let after = begin_after(&app, after).await?;
        let filter = filter.unwrap_or_default().filter()?;
        let types = FeedFilter {
            aggregate_types: filter.stream_types.clone().unwrap_or_default(),
        };
        let events = follow_log(app, after, types);
        Ok(events.filter_map(move |recorded| {
            let admitted = match recorded {
                Ok(recorded) => filter.admit(recorded).map_err(internal).transpose(),
                Err(error) => Some(Err(internal(error))),
            };
            std::future::ready(admitted.map(|event| event.map(Event::from)))
        }))
    }
}

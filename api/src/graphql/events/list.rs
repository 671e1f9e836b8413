//! Events, filtered, from either end.

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use event_store::StreamName;
use projections::history::{EventPage, FoundEvents, search, search_stream};

use super::{Event, EventFilterInput};
use crate::graphql::connection::{List, PageArgs, count, cursor, rows_cost};
use crate::graphql::context::{app, loaders};
use crate::graphql::failure::past;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;

pub(crate) type EventList = List<Event, EventListFields>;

#[derive(Debug, Default)]
pub(crate) struct EventsQuery;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub(crate) enum EventOrder {
    #[default]
    NewestFirst,
    OldestFirst,
}

impl From<EventOrder> for projections::history::EventOrder {
    fn from(order: EventOrder) -> Self {
        match order {
            EventOrder::NewestFirst => Self::NewestFirst,
            EventOrder::OldestFirst => Self::OldestFirst,
        }
    }
}

#[derive(Debug, SimpleObject)]
pub(crate) struct EventListFields {
    /// Null when a filter makes it unknown.
    total_count: Option<i64>,
    /// The log's last position when this was read.
    head: Place,
    /// Where to go on: one answer looks at a limited number of events, so a page may hold fewer than
    /// were asked for, even none, and still have a next one. Null at the end.
    next_cursor: Option<String>,
}

#[Object]
impl EventsQuery {
    /// A page may hold fewer events than asked for and still have a next one: see `nextCursor`.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        filter: Option<EventFilterInput>,
        #[graphql(default)] order: EventOrder,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<EventList> {
        let page = PageArgs::try_new(first, after)?;
        let filter = filter.unwrap_or_default().filter()?;
        let page = event_page(order, &page)?;
        let found = search(app(ctx).log.as_ref(), &filter, page).await;
        Ok(event_list(page, found.map_err(past)?))
    }
}

/// What happened in a stream, as far as it is looked at. Lists ask for many streams: what they have
/// in common is asked once.
pub(crate) async fn stream_events(
    ctx: &Context<'_>,
    reading: Reading,
    stream: StreamName,
    filter: Option<EventFilterInput>,
    order: EventOrder,
    args: &PageArgs,
) -> Result<EventList> {
    let filter = filter.unwrap_or_default().of_a_stream()?;
    let page = event_page(order, args)?;
    let length = loaders(ctx).length(stream.clone(), reading.as_of);
    let (head, length) = futures::try_join!(loaders(ctx).head(), length)?;
    let head = reading.as_of.map_or(head, |position| head.min(position));
    let log = reading.log(app(ctx));
    let found = search_stream(log.as_ref(), stream, (head, length), &filter, page).await;
    Ok(event_list(page, found.map_err(past)?))
}

fn event_page(order: EventOrder, args: &PageArgs) -> Result<EventPage> {
    Ok(EventPage {
        order: order.into(),
        after: args.after()?,
        limit: args.limit,
    })
}

fn event_list(page: EventPage, found: FoundEvents) -> EventList {
    let fields = EventListFields {
        total_count: found.total.map(count),
        head: found.head.into(),
        next_cursor: found.next.map(|number| cursor(&number)),
    };
    let more = found.next.is_some();
    let mut connection = Connection::with_additional_fields(page.after.is_some(), more, fields);
    let edges = found.events.into_iter();
    connection
        .edges
        .extend(edges.map(|(number, event)| Edge::new(cursor(&number), event.into())));
    connection
}

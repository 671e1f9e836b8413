//! What happened: one by one, searched, followed.

mod event;
mod event_json;
mod filter;
mod find;
mod list;
mod live;
mod summary;

pub(crate) use event::Event;
pub(crate) use event_json::EventJson;
pub(crate) use filter::EventFilterInput;
pub(crate) use find::{EventQuery, event_at};
pub(crate) use list::{EventList, EventOrder, EventsQuery, stream_events};
pub(crate) use live::EventsSubscription;
pub(crate) use summary::summary;

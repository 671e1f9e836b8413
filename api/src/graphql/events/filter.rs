//! Which events.

use async_graphql::{InputObject, Result};
use projections::history::EventFilter;
use uuid::Uuid;

use super::event::Source;
use crate::graphql::failure::bad_input;
use crate::graphql::scalars::Time;

#[derive(Debug, Default, Clone, InputObject)]
#[graphql(name = "EventFilter")]
pub(crate) struct EventFilterInput {
    stream_type: Option<Vec<String>>,
    /// Needs exactly one stream type.
    stream_id: Option<String>,
    #[graphql(name = "type")]
    event_type: Option<Vec<String>>,
    actor: Option<String>,
    source: Option<Vec<Source>>,
    /// Recorded then or later.
    from: Option<Time>,
    /// Recorded before.
    until: Option<Time>,
    correlation_id: Option<String>,
    causation_id: Option<String>,
}

impl EventFilterInput {
    pub(crate) fn filter(self) -> Result<EventFilter> {
        let one_type = self
            .stream_type
            .as_ref()
            .is_some_and(|types| types.len() == 1);
        if self.stream_id.is_some() && !one_type {
            return Err(bad_input("streamId needs exactly one streamType"));
        }
        let sources = self.source;
        Ok(EventFilter {
            stream_types: self.stream_type,
            stream_id: self.stream_id,
            types: self.event_type,
            actor: self.actor,
            sources: sources.map(|all| all.into_iter().map(Into::into).collect()),
            from: self.from.map(|time| time.0),
            until: self.until.map(|time| time.0),
            correlation_id: uuid("correlationId", self.correlation_id)?,
            causation_id: uuid("causationId", self.causation_id)?,
        })
    }

    /// For one stream: what the filter says of streams counts for nothing.
    pub(super) fn of_a_stream(self) -> Result<EventFilter> {
        Self {
            stream_type: None,
            stream_id: None,
            ..self
        }
        .filter()
    }
}

fn uuid(name: &str, text: Option<String>) -> Result<Option<Uuid>> {
    let parsed = text.map(|text| text.parse()).transpose();
    parsed.map_err(|_| bad_input(format!("{name} is not a UUID")))
}

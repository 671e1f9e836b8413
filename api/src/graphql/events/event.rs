//! One event, as it was recorded.

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::phrase::Param;
use event_store::{Metadata, Recorded};
use projections::history::Metadated;
use serde_json::Value;

use super::summary::summary;
use crate::graphql::account::Role;
use crate::graphql::connection::count;
use crate::graphql::context::loaders;
use crate::graphql::failure::internal;
use crate::graphql::global_id::global_id;
use crate::graphql::node::Kind;
use crate::graphql::phrase::Phrase;
use crate::graphql::scalars::{Json, Place, Time};

/// A fact: never changed, never removed.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    event: Arc<Metadated>,
    /// Decoded once, whether a reader asks for the summary, for what it says, or for both.
    said: Arc<OnceLock<Param>>,
}

/// Through what somebody asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "event_store::Source")]
pub(super) enum Source {
    Graphql,
    Rest,
    LegacyRest,
    CommandLine,
    Executor,
    Seed,
    Import,
    Replay,
}

impl From<Metadated> for Event {
    fn from(event: Metadated) -> Self {
        Self {
            event: Arc::new(event),
            said: Arc::default(),
        }
    }
}

impl Event {
    /// As it was found in the log.
    pub(super) fn read(recorded: Arc<Recorded>) -> Result<Self> {
        let recorded = Arc::unwrap_or_clone(recorded);
        let metadata = recorded.metadata().map_err(internal)?;
        Ok(Metadated { recorded, metadata }.into())
    }

    fn metadata(&self) -> &Metadata {
        &self.event.metadata
    }

    fn said(&self) -> &Param {
        self.said.get_or_init(|| summary(&self.event.recorded))
    }
}

#[Object]
impl Event {
    pub(crate) async fn id(&self) -> ID {
        global_id(Kind::Event, &[&self.event.recorded.position.to_string()])
    }

    async fn event_id(&self) -> String {
        self.event.recorded.event_id.to_string()
    }

    async fn position(&self) -> Place {
        self.event.recorded.position.into()
    }

    /// `strategy_definition`, `strategy_instance`, `execution`, `installation`, `legacy_record`,
    /// `legacy_usage`, `login`, `projection`, `risk_guards`
    async fn stream_type(&self) -> &str {
        &self.event.recorded.stream.aggregate_type
    }

    async fn stream_id(&self) -> &str {
        &self.event.recorded.stream.aggregate_id
    }

    /// 1 for the stream's first event.
    async fn stream_version(&self) -> i64 {
        count(self.event.recorded.version)
    }

    #[graphql(name = "type")]
    async fn event_type(&self) -> &str {
        &self.event.recorded.event_type
    }

    async fn type_version(&self) -> &str {
        &self.event.recorded.event_version
    }

    /// In words.
    async fn summary(&self) -> String {
        self.said().to_string()
    }

    /// What the summary says; null where it is the type of an event that cannot be read.
    async fn phrase(&self) -> Option<Phrase> {
        match self.said() {
            Param::Phrase(phrase) => Some(Phrase::from(phrase.as_ref())),
            Param::Text(_) => None,
        }
    }

    async fn actor(&self) -> &str {
        &self.metadata().actor.name
    }

    async fn role(&self) -> Role {
        self.metadata().actor.role.into()
    }

    async fn source(&self) -> Source {
        self.metadata().source.into()
    }

    async fn reason(&self) -> Option<&str> {
        self.metadata().reason.as_deref()
    }

    async fn correlation_id(&self) -> String {
        self.metadata().correlation_id.to_string()
    }

    async fn causation_id(&self) -> Option<String> {
        self.metadata().causation_id.map(|id| id.to_string())
    }

    async fn idempotency_key(&self) -> Option<&str> {
        self.metadata().idempotency_key.as_deref()
    }

    async fn recorded_at(&self) -> Time {
        self.event.recorded.recorded_at.into()
    }

    /// What happened, without the type's name around it.
    #[expect(clippy::unused_async, reason = "every field of GraphQL is async")]
    async fn payload(&self) -> Result<Json> {
        let payload: Value =
            serde_json::from_str(&self.event.recorded.payload).map_err(internal)?;
        let tag = &self.event.recorded.event_type;
        Ok(Json(payload.get(tag).cloned().unwrap_or(payload)))
    }

    /// Exactly as stored.
    async fn payload_text(&self) -> &str {
        &self.event.recorded.payload
    }

    /// Exactly as stored.
    async fn metadata_text(&self) -> &str {
        &self.event.recorded.metadata
    }

    /// The event that made this one necessary.
    #[graphql(complexity = "5 + child_complexity")]
    async fn caused_by(&self, ctx: &Context<'_>) -> Result<Option<Event>> {
        let Some(id) = self.metadata().causation_id else {
            return Ok(None);
        };
        let cause = loaders(ctx).event(id).await?;
        cause.map(Event::read).transpose()
    }
}

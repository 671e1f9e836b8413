//! Who did something, through what, why, and because of what: recorded with every event.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stored with every event: add optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    pub actor: Actor,
    pub source: Source,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// The request or job that all events of one undertaking share.
    pub correlation_id: Uuid,
    /// The event that made this one necessary.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub causation_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub idempotency_key: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// `admin`, `legacy:admin`, `seed`, `executor:volume`.
    pub name: String,
    pub role: Role,
}

impl Actor {
    pub fn new(name: impl Into<String>, role: Role) -> Self {
        Self {
            name: name.into(),
            role,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Viewer,
    Auditor,
    Operator,
    Editor,
    Publisher,
    Admin,
    /// A part of Strategos itself: an executor, the seeder, the importer.
    System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    Graphql,
    Rest,
    LegacyRest,
    CommandLine,
    Executor,
    Seed,
    Import,
    Replay,
}

impl Source {
    /// Its callers can give a reason with a command. The legacy paths have no room for one.
    fn has_room_for_a_reason(self) -> bool {
        match self {
            Self::Graphql | Self::Rest | Self::CommandLine => true,
            Self::LegacyRest | Self::Executor | Self::Seed | Self::Import | Self::Replay => false,
        }
    }
}

impl Metadata {
    /// The caller could have said why, and did not.
    pub(crate) fn lacks_a_reason(&self) -> bool {
        let said = self.reason.as_deref().unwrap_or_default();
        self.source.has_room_for_a_reason() && said.trim().is_empty()
    }

    /// Metadata for the first event of an undertaking.
    pub fn new(actor: Actor, source: Source, correlation_id: Uuid) -> Self {
        Self {
            actor,
            source,
            reason: None,
            correlation_id,
            causation_id: None,
            idempotency_key: None,
        }
    }

    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    #[must_use]
    pub fn caused_by(mut self, event_id: Uuid) -> Self {
        self.causation_id = Some(event_id);
        self
    }
}

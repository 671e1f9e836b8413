//! What can have happened to a definition.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{DefinitionContent, DefinitionVersion};
use crate::event::domain_event;
use crate::ids::{DefinitionId, DefinitionKey};

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DefinitionEvent {
    /// A definition came to be, enabled, with its first version already published.
    DefinitionCreated {
        definition_id: DefinitionId,
        key: DefinitionKey,
        content: DefinitionContent,
        version: DefinitionVersion,
        created_by: Option<String>,
        created_at: DateTime<Utc>,
    },
    /// The live content changed; no version was published.
    DefinitionUpdated {
        content: DefinitionContent,
        updated_at: DateTime<Utc>,
    },
    /// The live content was (changed and) frozen as a version.
    DefinitionPublished {
        version: DefinitionVersion,
        content: DefinitionContent,
        published_at: DateTime<Utc>,
    },
    /// A version was frozen beside the current one: what starts run stays what it was.
    DefinitionVersionAdded {
        version: DefinitionVersion,
        content: DefinitionContent,
        added_at: DateTime<Utc>,
    },
    /// New starts are allowed again.
    DefinitionEnabled { enabled_at: DateTime<Utc> },
    /// New starts are refused; running instances go on.
    DefinitionDisabled { disabled_at: DateTime<Utc> },
    /// The definition and its versions left the catalogue. Its history stays.
    DefinitionRemoved { removed_at: DateTime<Utc> },
    /// A row of the original server, with the versions it had.
    DefinitionImported {
        definition_id: DefinitionId,
        key: DefinitionKey,
        content: DefinitionContent,
        enabled: bool,
        current_version: DefinitionVersion,
        versions: Vec<ImportedVersion>,
        created_by: Option<String>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    },
}

/// A snapshot row of the original server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportedVersion {
    pub version: DefinitionVersion,
    pub content: DefinitionContent,
    pub created_at: DateTime<Utc>,
}

domain_event!(DefinitionEvent {
    DefinitionCreated => "1.0",
    DefinitionUpdated => "1.0",
    DefinitionPublished => "1.0",
    DefinitionVersionAdded => "1.0",
    DefinitionEnabled => "1.0",
    DefinitionDisabled => "1.0",
    DefinitionRemoved => "1.0",
    DefinitionImported => "1.0",
});

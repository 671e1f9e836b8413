//! What readers see of a definition.

use chrono::{DateTime, Utc};
use domain::definition::{DefinitionContent, DefinitionVersion};
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};
use event_store::Position;
use serde_json::{Map, Value};

#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionRow {
    pub id: DefinitionId,
    pub key: DefinitionKey,
    pub name: String,
    pub description: Option<String>,
    pub executor_type: ExecutorType,
    pub config_schema: Value,
    pub default_config: Map<String, Value>,
    pub enabled: bool,
    pub visibility: String,
    pub current_version: DefinitionVersion,
    /// What `current_version` froze.
    pub published_content: DefinitionContent,
    /// An instance started now would run something else than `current_version` says.
    pub edited_since_publish: bool,
    pub created_by: Option<String>,
    /// Name of the actor behind the last event.
    pub last_changed_by: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The stream's version: what a caller was looking at, for optimistic concurrency.
    pub revision: u64,
    pub created_position: Position,
    pub last_position: Position,
}

//! What readers see of a published version.

use chrono::{DateTime, Utc};
use domain::definition::DefinitionVersion;
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};
use event_store::Position;
use serde_json::{Map, Value};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// Derived from definition and version, so that a rebuild gives the same.
    pub id: Uuid,
    pub definition_id: DefinitionId,
    pub definition_key: DefinitionKey,
    pub version: DefinitionVersion,
    pub executor_type: ExecutorType,
    pub config_schema: Value,
    pub default_config: Map<String, Value>,
    pub name: String,
    pub description: Option<String>,
    pub visibility: String,
    /// Name of the actor who published it.
    pub published_by: String,
    /// Why, when the publisher said so.
    pub reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_position: Position,
}

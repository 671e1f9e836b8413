//! Why a definition command was refused. The texts are the legacy contract's; callers match them.

use super::DefinitionVersion;
use crate::config::Violation;
use crate::ids::{DefinitionKey, ExecutorType};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    #[error("Strategy definition {0} does not exist")]
    NotFound(String),
    #[error("Strategy definition with key {0} already exists")]
    KeyTaken(DefinitionKey),
    #[error("{0} is required")]
    Missing(&'static str),
    #[error("key must not be longer than {limit} bytes")]
    KeyTooLong { limit: usize },
    #[error("{0} must be an object")]
    NotAnObject(&'static str),
    #[error("Unsupported controllerType {executor_type}. Allowed: {allowed}")]
    UnsupportedExecutor {
        executor_type: ExecutorType,
        allowed: String,
    },
    #[error("Invalid version format {0}. Expected semantic format x.y.z")]
    InvalidVersion(String),
    #[error("Version {version} already exists for definition {key}")]
    VersionTaken {
        version: DefinitionVersion,
        key: DefinitionKey,
    },
    #[error("configSchema is not a valid JSON Schema: {}", first_message(.0))]
    InvalidSchema(Vec<Violation>),
    #[error("{}", .0.message)]
    Hostile(Violation),
    #[error("Strategy definition {0} must be disabled before removal")]
    StillEnabled(DefinitionKey),
    #[error(
        "Strategy definition {0} is linked to existing strategy instances and cannot be removed"
    )]
    StillLinked(DefinitionKey),
}

fn first_message(violations: &[Violation]) -> &str {
    violations
        .first()
        .map_or("it was refused", |violation| violation.message.as_str())
}

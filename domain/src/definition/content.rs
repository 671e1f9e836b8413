//! The part of a definition that a version freezes, and the changes callers may ask of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::DefinitionError;
use crate::config::{
    ConfigSchema, Violation, refuse_hostile, refuse_hostile_object, refuse_hostile_text,
};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::ExecutorType;

/// What a definition says; each published version is one of these, frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefinitionContent {
    pub name: String,
    pub description: Option<String>,
    pub executor_type: ExecutorType,
    /// JSON Schema 2020-12 that a merged configuration must satisfy.
    pub config_schema: Value,
    /// Values for whatever a start leaves out.
    pub default_config: Map<String, Value>,
    /// Shown to people; nothing is enforced by it.
    pub visibility: String,
}

/// A partial change: `None` leaves a member as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DefinitionChanges {
    pub name: Option<String>,
    /// `Some(None)` clears the description.
    pub description: Option<Option<String>>,
    /// An empty one counts as `None`.
    pub executor_type: Option<ExecutorType>,
    pub config_schema: Option<Value>,
    /// Refused unless it is an object.
    pub default_config: Option<Value>,
    pub visibility: Option<String>,
}

impl DefinitionContent {
    /// Refuses content that could never run: an executor that does not exist, a schema that is no
    /// schema, text the databases cannot hold.
    pub(super) fn check(
        &self,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<(), DefinitionError> {
        if self.name.is_empty() {
            return Err(DefinitionError::Missing("name"));
        }
        if self.executor_type.as_str().is_empty() {
            return Err(DefinitionError::Missing("controllerType"));
        }
        for (pointer, text) in [
            ("/name", Some(&self.name)),
            ("/description", self.description.as_ref()),
            ("/visibility", Some(&self.visibility)),
        ] {
            if let Some(text) = text {
                refuse_hostile_text(pointer, text).map_err(DefinitionError::Hostile)?;
            }
        }
        if !catalogue.knows(&self.executor_type) {
            return Err(DefinitionError::UnsupportedExecutor {
                executor_type: self.executor_type.clone(),
                allowed: catalogue.allowed(),
            });
        }
        refuse_hostile("/configSchema", &self.config_schema).map_err(DefinitionError::Hostile)?;
        refuse_hostile_object("/defaultConfig", &self.default_config)
            .map_err(DefinitionError::Hostile)?;
        ConfigSchema::compile(&self.config_schema).map_err(|violations| {
            let in_the_request = |violation: Violation| Violation {
                pointer: format!("/configSchema{}", violation.pointer),
                ..violation
            };
            DefinitionError::InvalidSchema(violations.into_iter().map(in_the_request).collect())
        })?;
        Ok(())
    }

    /// This content with the changes, whether it could run or not: for people who are still typing.
    pub fn preview(&self, changes: DefinitionChanges) -> Result<Self, DefinitionError> {
        self.with(changes)
    }

    pub(super) fn with(&self, changes: DefinitionChanges) -> Result<Self, DefinitionError> {
        let default_config = match changes.default_config {
            None => self.default_config.clone(),
            Some(Value::Object(map)) => map,
            Some(_) => return Err(DefinitionError::NotAnObject("defaultConfig")),
        };
        Ok(Self {
            name: changes.name.unwrap_or_else(|| self.name.clone()),
            description: changes
                .description
                .unwrap_or_else(|| self.description.clone()),
            executor_type: changes
                .executor_type
                .filter(|executor_type| !executor_type.as_str().is_empty())
                .unwrap_or_else(|| self.executor_type.clone()),
            config_schema: changes
                .config_schema
                .unwrap_or_else(|| self.config_schema.clone()),
            default_config,
            visibility: changes
                .visibility
                .unwrap_or_else(|| self.visibility.clone()),
        })
    }
}

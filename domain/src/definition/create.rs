//! Brings a definition into the catalogue, with version 1.0.0 published.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Definition, DefinitionContent, DefinitionError, DefinitionEvent, DefinitionVersion};
use crate::config::refuse_hostile_text;
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::{DefinitionId, DefinitionKey};

/// Longer keys would not fit an index row in every database.
const MAX_KEY_BYTES: usize = 255;

#[derive(Debug, Clone, PartialEq)]
pub struct CreateDefinition {
    pub definition_id: DefinitionId,
    pub key: DefinitionKey,
    pub content: DefinitionContent,
    pub created_by: Option<String>,
    pub created_at: DateTime<Utc>,
}

impl CreateDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        if self.key.as_str().is_empty() {
            return Err(DefinitionError::Missing("key"));
        }
        if self.key.as_str().len() > MAX_KEY_BYTES {
            return Err(DefinitionError::KeyTooLong {
                limit: MAX_KEY_BYTES,
            });
        }
        refuse_hostile_text("/key", self.key.as_str()).map_err(DefinitionError::Hostile)?;
        if let Some(author) = &self.created_by {
            refuse_hostile_text("/createdBy", author).map_err(DefinitionError::Hostile)?;
        }
        if definition.live().is_some() {
            return Err(DefinitionError::KeyTaken(self.key));
        }
        self.content.check(catalogue)?;
        Ok(vec![DefinitionEvent::DefinitionCreated {
            definition_id: self.definition_id,
            key: self.key,
            content: self.content,
            version: DefinitionVersion::first(),
            created_by: self.created_by,
            created_at: self.created_at,
        }])
    }
}

/// Creates a built-in definition unless its key was ever used: an operator's edits are never
/// overwritten and a removed definition stays removed.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedDefinition(pub CreateDefinition);

impl SeedDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        if definition.ever_existed() {
            return Ok(vec![]);
        }
        self.0.decide(definition, catalogue)
    }
}

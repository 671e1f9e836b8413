//! Records a definition of the original server, once, as it stood there.

use chrono::{DateTime, Utc};

use super::{
    Definition, DefinitionContent, DefinitionError, DefinitionEvent, DefinitionVersion,
    ImportedVersion,
};
use crate::ids::{DefinitionId, DefinitionKey};

#[derive(Debug, Clone, PartialEq)]
pub struct ImportDefinition {
    pub definition_id: DefinitionId,
    pub key: DefinitionKey,
    pub content: DefinitionContent,
    pub enabled: bool,
    pub current_version: DefinitionVersion,
    pub versions: Vec<ImportedVersion>,
    pub created_by: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl ImportDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        // Importing the same row again is a restart of the importer, not an error
        if definition
            .live()
            .is_some_and(|live| live.id == self.definition_id)
        {
            return Ok(vec![]);
        }
        if definition.ever_existed() {
            return Err(DefinitionError::KeyTaken(self.key));
        }
        Ok(vec![DefinitionEvent::DefinitionImported {
            definition_id: self.definition_id,
            key: self.key,
            content: self.content,
            enabled: self.enabled,
            current_version: self.current_version,
            versions: self.versions,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }])
    }
}

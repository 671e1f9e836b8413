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

#[cfg(test)]
mod tests {
    use cqrs_es::Aggregate;
    use serde_json::json;

    use super::*;
    use crate::definition::DefinitionCommand;
    use crate::definition::examples::{created, framework};
    use crate::examples::{at, content, definition_id};
    use crate::ids::DefinitionKey;

    fn import(number: u8) -> ImportDefinition {
        ImportDefinition {
            definition_id: definition_id(number),
            key: DefinitionKey::new("mm"),
            content: content(),
            enabled: false,
            current_version: DefinitionVersion::imported("2.0"),
            versions: vec![],
            created_by: Some("seed".to_owned()),
            created_at: at(0),
            updated_at: at(1),
        }
    }

    fn imported() -> DefinitionEvent {
        DefinitionEvent::DefinitionImported {
            definition_id: definition_id(1),
            key: DefinitionKey::new("mm"),
            content: content(),
            enabled: false,
            current_version: DefinitionVersion::imported("2.0"),
            versions: vec![],
            created_by: Some("seed".to_owned()),
            created_at: at(0),
            updated_at: at(1),
        }
    }

    #[test]
    fn a_row_is_recorded_as_it_stood_whatever_it_says() {
        let command = DefinitionCommand::Import(import(1));
        framework()
            .given_no_previous_events()
            .when(command)
            .then_expect_events(vec![imported()]);
    }

    #[test]
    fn the_same_row_again_changes_nothing() {
        let command = DefinitionCommand::Import(import(1));
        framework()
            .given(vec![imported()])
            .when(command)
            .then_expect_events(vec![]);
    }

    #[test]
    fn refuses_a_key_that_was_ever_used() {
        let removed = DefinitionEvent::DefinitionRemoved { removed_at: at(1) };
        for history in [vec![created()], vec![created(), removed]] {
            let command = DefinitionCommand::Import(import(2));
            framework()
                .given(history)
                .when(command)
                .then_expect_error_message("Strategy definition with key mm already exists");
        }
    }

    #[test]
    fn an_import_whose_content_left_its_version_counts_as_edited() {
        let snapshot = |config_schema| ImportedVersion {
            version: DefinitionVersion::imported("2.0"),
            content: DefinitionContent {
                config_schema,
                ..content()
            },
            created_at: at(0),
        };
        for (schema, edited) in [(content().config_schema, false), (json!({}), true)] {
            let mut event = imported();
            if let DefinitionEvent::DefinitionImported { versions, .. } = &mut event {
                versions.push(snapshot(schema));
            }
            let mut definition = Definition::default();
            definition.apply(event);
            let live = definition.live().unwrap();
            assert_eq!(live.edited_since_publish, edited);
            assert!(!live.enabled);
            assert_eq!(live.versions.len(), 1);
        }
    }
}

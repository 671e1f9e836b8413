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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::definition::DefinitionCommand;
    use crate::definition::examples::{created, framework};
    use crate::examples::{at, content, definition_id};
    use crate::ids::ExecutorType;

    fn create() -> CreateDefinition {
        CreateDefinition {
            definition_id: definition_id(1),
            key: DefinitionKey::new("mm"),
            content: content(),
            created_by: None,
            created_at: at(0),
        }
    }

    fn removed() -> DefinitionEvent {
        DefinitionEvent::DefinitionRemoved { removed_at: at(1) }
    }

    fn refusal(create: CreateDefinition) -> DefinitionError {
        let command = DefinitionCommand::Create(create);
        framework()
            .given_no_previous_events()
            .when(command)
            .inspect_result()
            .unwrap_err()
    }

    #[test]
    fn a_new_definition_is_published_as_its_first_version() {
        framework()
            .given_no_previous_events()
            .when(DefinitionCommand::Create(create()))
            .then_expect_events(vec![created()]);
    }

    #[test]
    fn an_empty_schema_accepts_everything_and_is_accepted() {
        let mut create = create();
        create.content.config_schema = json!({});
        let command = DefinitionCommand::Create(create);
        let events = framework()
            .given_no_previous_events()
            .when(command)
            .inspect_result();
        assert_eq!(events.unwrap().len(), 1);
    }

    #[test]
    fn refuses_a_key_that_is_in_use() {
        framework()
            .given(vec![created()])
            .when(DefinitionCommand::Create(create()))
            .then_expect_error_message("Strategy definition with key mm already exists");
    }

    #[test]
    fn a_removed_key_may_be_used_again() {
        framework()
            .given(vec![created(), removed()])
            .when(DefinitionCommand::Create(create()))
            .then_expect_events(vec![created()]);
    }

    #[test]
    fn refuses_keys_that_no_database_holds() {
        for (key, message) in [
            (String::new(), "key is required"),
            ("k".repeat(256), "key must not be longer than 255 bytes"),
            ("a\0b".to_owned(), "/key: NUL characters are not allowed"),
        ] {
            let key = DefinitionKey::new(key);
            assert_eq!(
                refusal(CreateDefinition { key, ..create() }).to_string(),
                message
            );
        }
        let created_by = Some("a\0".to_owned());
        let refused = refusal(CreateDefinition {
            created_by,
            ..create()
        });
        assert!(matches!(refused, DefinitionError::Hostile(_)));
    }

    #[test]
    fn refuses_content_that_could_never_run() {
        let with = |change: fn(&mut DefinitionContent)| {
            let mut create = create();
            change(&mut create.content);
            refusal(create).to_string()
        };
        assert_eq!(with(|content| content.name.clear()), "name is required");
        assert_eq!(
            with(|content| content.executor_type = ExecutorType::new("")),
            "controllerType is required"
        );
        assert_eq!(
            with(|content| content.executor_type = ExecutorType::new("timeIndicator")),
            "Unsupported controllerType timeIndicator. Allowed: arbitrage, pureMarketMaking, volume"
        );
        assert_eq!(
            with(|content| content.config_schema = json!("object")),
            "configSchema is not a valid JSON Schema: a schema must be an object"
        );
        assert_eq!(
            with(|content| content.default_config = serde_json::from_str(r#"{"x":1e999}"#).unwrap()),
            "/defaultConfig/x: the number has more than 60 digits or an exponent beyond 60"
        );
        assert_eq!(
            with(|content| content.config_schema = json!({"properties": {"__proto__": {}}})),
            "/configSchema/properties/__proto__: this member name is not allowed"
        );
        assert_eq!(
            with(|content| content.description = Some("\0".to_owned())),
            "/description: NUL characters are not allowed"
        );
    }

    #[test]
    fn an_invalid_schema_is_named_at_every_place() {
        let mut create = create();
        create.content.config_schema =
            json!({"required": 1, "properties": {"x": {"type": "text"}}});
        let DefinitionError::InvalidSchema(violations) = refusal(create) else {
            panic!("another refusal");
        };
        let mut pointers: Vec<_> = violations.into_iter().map(|v| v.pointer).collect();
        pointers.sort();
        let expected = ["/configSchema/properties/x/type", "/configSchema/required"];
        assert_eq!(pointers, expected);
    }
}

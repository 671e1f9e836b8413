//! Changes the live content without publishing a version.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Definition, DefinitionChanges, DefinitionError, DefinitionEvent};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::DefinitionId;

#[derive(Debug, Clone, PartialEq)]
pub struct UpdateDefinition {
    pub definition_id: DefinitionId,
    pub changes: DefinitionChanges,
    pub updated_at: DateTime<Utc>,
}

impl UpdateDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        let live = definition.require(self.definition_id)?;
        let content = live.content.with(self.changes)?;
        // Saving what is already there changes nothing
        if content == live.content {
            return Ok(vec![]);
        }
        content.check(catalogue)?;
        Ok(vec![DefinitionEvent::DefinitionUpdated {
            content,
            updated_at: self.updated_at,
        }])
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::AggregateResultValidator;
    use serde_json::json;

    use super::*;
    use crate::definition::examples::{created, framework};
    use crate::definition::{DefinitionCommand, DefinitionContent};
    use crate::examples::{at, content, definition_id, object};
    use crate::ids::ExecutorType;

    fn update(changes: DefinitionChanges) -> DefinitionCommand {
        DefinitionCommand::Update(UpdateDefinition {
            definition_id: definition_id(1),
            changes,
            updated_at: at(1),
        })
    }

    fn when(changes: DefinitionChanges) -> AggregateResultValidator<Definition> {
        framework().given(vec![created()]).when(update(changes))
    }

    #[test]
    fn the_members_that_are_named_change() {
        when(DefinitionChanges {
            name: Some("Renamed".to_owned()),
            description: Some(None),
            executor_type: Some(ExecutorType::new("volume")),
            config_schema: Some(json!({})),
            default_config: Some(json!({"pair": "ETH/USDT"})),
            visibility: Some("public".to_owned()),
        })
        .then_expect_events(vec![DefinitionEvent::DefinitionUpdated {
            content: DefinitionContent {
                name: "Renamed".to_owned(),
                description: None,
                executor_type: ExecutorType::new("volume"),
                config_schema: json!({}),
                default_config: object(json!({"pair": "ETH/USDT"})),
                visibility: "public".to_owned(),
            },
            updated_at: at(1),
        }]);
    }

    #[test]
    fn nothing_new_changes_nothing() {
        when(DefinitionChanges::default()).then_expect_events(vec![]);
        when(DefinitionChanges {
            name: Some(content().name),
            default_config: Some(content().default_config.into()),
            ..DefinitionChanges::default()
        })
        .then_expect_events(vec![]);
    }

    #[test]
    fn an_empty_executor_type_is_ignored() {
        when(DefinitionChanges {
            executor_type: Some(ExecutorType::new("")),
            ..DefinitionChanges::default()
        })
        .then_expect_events(vec![]);
    }

    #[test]
    fn refuses_what_could_never_run() {
        let none = DefinitionChanges::default;
        for (changes, message) in [
            (
                DefinitionChanges {
                    default_config: Some(json!([])),
                    ..none()
                },
                "defaultConfig must be an object",
            ),
            (
                DefinitionChanges {
                    config_schema: Some(json!({"$ref": "#"})),
                    ..none()
                },
                "configSchema is not a valid JSON Schema: the schema refers to itself without \
                 looking deeper into the configuration",
            ),
            (
                DefinitionChanges {
                    name: Some(String::new()),
                    ..none()
                },
                "name is required",
            ),
        ] {
            when(changes).then_expect_error_message(message);
        }
    }

    #[test]
    fn refuses_a_definition_that_was_replaced() {
        let removed = DefinitionEvent::DefinitionRemoved { removed_at: at(1) };
        let mut again = created();
        if let DefinitionEvent::DefinitionCreated {
            definition_id: id, ..
        } = &mut again
        {
            *id = definition_id(2);
        }
        framework()
            .given(vec![created(), removed, again])
            .when(update(DefinitionChanges::default()))
            .then_expect_error_message(
                "Strategy definition 00000000-0000-0000-0000-000000000001 does not exist",
            );
    }
}

//! Freezes the live content, with the changes asked for, as a version.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{
    Definition, DefinitionChanges, DefinitionError, DefinitionEvent, DefinitionVersion,
    LiveDefinition,
};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::DefinitionId;

#[derive(Debug, Clone, PartialEq)]
pub struct PublishDefinition {
    pub definition_id: DefinitionId,
    pub changes: DefinitionChanges,
    /// `None` or empty: the next free patch version after the current one.
    pub version: Option<String>,
    pub published_at: DateTime<Utc>,
}

impl PublishDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        let live = definition.require(self.definition_id)?;
        let version = match self.version.as_deref() {
            None | Some("") => next_free_patch(live)?,
            Some(text) => with_a_next(DefinitionVersion::try_new(text)?)?,
        };
        if live.versions.contains(&version) {
            return Err(DefinitionError::VersionTaken {
                version,
                key: live.key.clone(),
            });
        }
        let content = live.content.with(self.changes)?;
        content.check(catalogue)?;
        Ok(vec![DefinitionEvent::DefinitionPublished {
            version,
            content,
            published_at: self.published_at,
        }])
    }
}

/// After one whose numbers cannot be counted on, no publish without a version would ever succeed.
fn with_a_next(version: DefinitionVersion) -> Result<DefinitionVersion, DefinitionError> {
    version.next_patch()?;
    Ok(version)
}

/// An explicit lower version moves the current one back, so the next patch may be taken already.
fn next_free_patch(live: &LiveDefinition) -> Result<DefinitionVersion, DefinitionError> {
    let mut version = live.current_version.next_patch()?;
    while live.versions.contains(&version) {
        version = version.next_patch()?;
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::AggregateTestExecutor;

    use super::*;
    use crate::definition::examples::{created, framework};
    use crate::definition::{DefinitionCommand, DefinitionContent};
    use crate::examples::{at, content, definition_id};

    fn published(version: &str) -> DefinitionEvent {
        DefinitionEvent::DefinitionPublished {
            version: DefinitionVersion::imported(version),
            content: content(),
            published_at: at(1),
        }
    }

    fn publish(version: Option<&str>) -> DefinitionCommand {
        DefinitionCommand::Publish(PublishDefinition {
            definition_id: definition_id(1),
            changes: DefinitionChanges::default(),
            version: version.map(str::to_owned),
            published_at: at(1),
        })
    }

    fn given(events: Vec<DefinitionEvent>) -> AggregateTestExecutor<Definition> {
        framework().given(events)
    }

    #[test]
    fn the_next_patch_is_the_default() {
        for version in [None, Some("")] {
            given(vec![created()])
                .when(publish(version))
                .then_expect_events(vec![published("1.0.1")]);
        }
    }

    #[test]
    fn a_lower_version_or_one_with_leading_zeros_may_be_asked_for() {
        for version in ["0.0.1", "01.0.0", "7.8.9"] {
            given(vec![created()])
                .when(publish(Some(version)))
                .then_expect_events(vec![published(version)]);
        }
    }

    #[test]
    fn the_default_steps_over_versions_that_exist() {
        given(vec![created(), published("1.0.2"), published("1.0.1")])
            .when(publish(None))
            .then_expect_events(vec![published("1.0.3")]);
        given(vec![created(), published("01.2.3")])
            .when(publish(None))
            .then_expect_events(vec![published("1.2.4")]);
    }

    #[test]
    fn refuses_a_version_that_exists() {
        given(vec![created()])
            .when(publish(Some("1.0.0")))
            .then_expect_error_message("Version 1.0.0 already exists for definition mm");
    }

    #[test]
    fn refuses_what_is_no_version() {
        given(vec![created()])
            .when(publish(Some("v1")))
            .then_expect_error_message("Invalid version format v1. Expected semantic format x.y.z");
        for beyond in ["99999999999999999999999.0.0", "1.0.18446744073709551615"] {
            given(vec![created()])
                .when(publish(Some(beyond)))
                .then_expect_error_message(&format!(
                    "Invalid version format {beyond}. Expected semantic format x.y.z"
                ));
        }
        // Imported: the original never checked
        given(vec![created(), published("latest")])
            .when(publish(None))
            .then_expect_error_message(
                "Invalid version format latest. Expected semantic format x.y.z",
            );
    }

    #[test]
    fn changes_are_published_with_the_version() {
        let changes = DefinitionChanges {
            name: Some("Renamed".to_owned()),
            ..DefinitionChanges::default()
        };
        let name = "Renamed".to_owned();
        given(vec![created()])
            .when(DefinitionCommand::Publish(PublishDefinition {
                definition_id: definition_id(1),
                changes,
                version: None,
                published_at: at(1),
            }))
            .then_expect_events(vec![DefinitionEvent::DefinitionPublished {
                version: DefinitionVersion::imported("1.0.1"),
                content: DefinitionContent { name, ..content() },
                published_at: at(1),
            }]);
    }

    #[test]
    fn a_disabled_definition_may_be_published() {
        given(vec![
            created(),
            DefinitionEvent::DefinitionDisabled { disabled_at: at(1) },
        ])
        .when(publish(None))
        .then_expect_events(vec![published("1.0.1")]);
    }

    #[test]
    fn refuses_a_definition_that_is_not_there() {
        framework()
            .given_no_previous_events()
            .when(publish(None))
            .then_expect_error_message(
                "Strategy definition 00000000-0000-0000-0000-000000000001 does not exist",
            );
    }

    #[test]
    fn refuses_content_that_could_never_run() {
        let executor_type = Some(crate::ids::ExecutorType::new("nothing"));
        let changes = DefinitionChanges {
            executor_type,
            ..DefinitionChanges::default()
        };
        let publish = PublishDefinition {
            definition_id: definition_id(1),
            changes,
            version: None,
            published_at: at(1),
        };
        given(vec![created()])
            .when(DefinitionCommand::Publish(publish))
            .then_expect_error_message(
                "Unsupported controllerType nothing. Allowed: arbitrage, pureMarketMaking, volume",
            );
    }
}

//! Brings what comes with the program into the catalogue, and never what an operator decided.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{
    CreateDefinition, Definition, DefinitionContent, DefinitionError, DefinitionEvent,
    DefinitionVersion,
};
use crate::executor_catalogue::ExecutorCatalogue;

/// Whom built-in definitions name as their author.
pub const SEED_AUTHOR: &str = "seed";

/// Creates a built-in definition unless its key was ever used: an operator's edits are never
/// overwritten and a removed definition stays removed.
///
/// Later versions are frozen beside the current one, where they are missing: what starts run stays
/// what it was until somebody publishes one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedDefinition {
    pub create: CreateDefinition,
    pub later_versions: Vec<(DefinitionVersion, DefinitionContent)>,
    pub seeded_at: DateTime<Utc>,
}

impl SeedDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        let mut events = Vec::new();
        if !definition.ever_existed() {
            events = self.create.decide(definition, catalogue)?;
        } else if definition.live().is_none_or(|live| !live.built_in) {
            return Ok(events);
        }
        let first = || BTreeSet::from([DefinitionVersion::first()]);
        let live = definition.live();
        let mut versions = live.map_or_else(first, |live| live.versions.clone());
        for (version, content) in self.later_versions {
            if !versions.insert(version.clone()) {
                continue;
            }
            content.check(catalogue)?;
            events.push(DefinitionEvent::DefinitionVersionAdded {
                version,
                content,
                added_at: self.seeded_at,
            });
        }
        Ok(events)
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::AggregateTestExecutor;

    use super::*;
    use crate::definition::examples::{created, framework};
    use crate::definition::{DefinitionChanges, DefinitionCommand, PublishDefinition};
    use crate::examples::{at, content, definition_id};
    use crate::ids::DefinitionKey;

    const LATER: &str = "1.100.0";

    fn create() -> CreateDefinition {
        CreateDefinition {
            definition_id: definition_id(1),
            key: DefinitionKey::new("mm"),
            content: content(),
            created_by: Some(SEED_AUTHOR.to_owned()),
            created_at: at(0),
        }
    }

    fn later_content() -> DefinitionContent {
        DefinitionContent {
            description: Some("With options".to_owned()),
            ..content()
        }
    }

    fn seed(later: &[&str]) -> DefinitionCommand {
        let version = |text: &&str| (DefinitionVersion::imported(*text), later_content());
        DefinitionCommand::Seed(SeedDefinition {
            create: create(),
            later_versions: later.iter().map(version).collect(),
            seeded_at: at(5),
        })
    }

    fn seeded() -> DefinitionEvent {
        DefinitionEvent::DefinitionCreated {
            definition_id: definition_id(1),
            key: DefinitionKey::new("mm"),
            content: content(),
            version: DefinitionVersion::first(),
            created_by: Some(SEED_AUTHOR.to_owned()),
            created_at: at(0),
        }
    }

    fn added() -> DefinitionEvent {
        DefinitionEvent::DefinitionVersionAdded {
            version: DefinitionVersion::imported(LATER),
            content: later_content(),
            added_at: at(5),
        }
    }

    fn given(events: Vec<DefinitionEvent>) -> AggregateTestExecutor<Definition> {
        framework().given(events)
    }

    #[test]
    fn a_key_never_used_gets_the_definition_and_its_later_versions() {
        framework()
            .given_no_previous_events()
            .when(seed(&[LATER]))
            .then_expect_events(vec![seeded(), added()]);
    }

    #[test]
    fn seeding_again_changes_nothing() {
        given(vec![seeded(), added()])
            .when(seed(&[LATER]))
            .then_expect_events(vec![]);
    }

    #[test]
    fn a_definition_seeded_earlier_gets_what_came_later() {
        given(vec![seeded()])
            .when(seed(&[LATER]))
            .then_expect_events(vec![added()]);
    }

    #[test]
    fn what_an_operator_created_imported_or_removed_is_left_alone() {
        let removed = DefinitionEvent::DefinitionRemoved { removed_at: at(1) };
        for history in [
            vec![created()],
            vec![seeded(), removed.clone()],
            vec![seeded(), removed, created()],
        ] {
            given(history)
                .when(seed(&[LATER]))
                .then_expect_events(vec![]);
        }
    }

    #[test]
    fn starts_and_the_next_version_go_on_from_the_current_one() {
        let publish = DefinitionCommand::Publish(PublishDefinition {
            definition_id: definition_id(1),
            changes: DefinitionChanges::default(),
            version: None,
            published_at: at(6),
        });
        given(vec![seeded(), added()])
            .when(publish)
            .then_expect_events(vec![DefinitionEvent::DefinitionPublished {
                version: DefinitionVersion::imported("1.0.1"),
                content: content(),
                published_at: at(6),
            }]);
    }
}

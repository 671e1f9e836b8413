//! Takes a disabled, unused definition and its versions out of the catalogue.

use chrono::{DateTime, Utc};

use super::{Definition, DefinitionError, DefinitionEvent};
use crate::ids::DefinitionId;

#[derive(Debug, Clone, PartialEq)]
pub struct RemoveDefinition {
    pub definition_id: DefinitionId,
    /// Instances of any status that are linked to the definition. A start is appended only while
    /// its definition is unchanged, so none can appear once the definition is disabled.
    pub linked_instances: u64,
    pub removed_at: DateTime<Utc>,
}

impl RemoveDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        let live = definition.require(self.definition_id)?;
        if live.enabled {
            return Err(DefinitionError::StillEnabled(live.key.clone()));
        }
        if self.linked_instances > 0 {
            return Err(DefinitionError::StillLinked(live.key.clone()));
        }
        Ok(vec![DefinitionEvent::DefinitionRemoved {
            removed_at: self.removed_at,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::DefinitionCommand;
    use crate::definition::examples::{created, framework};
    use crate::examples::{at, definition_id};

    fn remove(linked_instances: u64) -> DefinitionCommand {
        DefinitionCommand::Remove(RemoveDefinition {
            definition_id: definition_id(1),
            linked_instances,
            removed_at: at(2),
        })
    }

    fn disabled() -> DefinitionEvent {
        DefinitionEvent::DefinitionDisabled { disabled_at: at(1) }
    }

    fn removed() -> DefinitionEvent {
        DefinitionEvent::DefinitionRemoved { removed_at: at(2) }
    }

    #[test]
    fn a_disabled_unused_definition_is_removed() {
        framework()
            .given(vec![created(), disabled()])
            .when(remove(0))
            .then_expect_events(vec![removed()]);
    }

    #[test]
    fn refuses_an_enabled_definition_before_it_looks_at_instances() {
        framework()
            .given(vec![created()])
            .when(remove(1))
            .then_expect_error_message("Strategy definition mm must be disabled before removal");
    }

    #[test]
    fn refuses_a_definition_that_instances_are_linked_to() {
        framework().given(vec![created(), disabled()]).when(remove(1)).then_expect_error_message(
            "Strategy definition mm is linked to existing strategy instances and cannot be removed",
        );
    }

    #[test]
    fn what_was_removed_is_no_longer_there() {
        framework()
            .given(vec![created(), disabled(), removed()])
            .when(remove(0))
            .then_expect_error_message(
                "Strategy definition 00000000-0000-0000-0000-000000000001 does not exist",
            );
    }
}

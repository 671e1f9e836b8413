//! Allows or refuses new starts from a definition; running instances are left alone.

use chrono::{DateTime, Utc};

use super::{Definition, DefinitionError, DefinitionEvent};
use crate::ids::DefinitionId;

#[derive(Debug, Clone, PartialEq)]
pub struct EnableDefinition {
    pub definition_id: DefinitionId,
    pub enabled_at: DateTime<Utc>,
}

impl EnableDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        if definition.require(self.definition_id)?.enabled {
            return Ok(vec![]);
        }
        Ok(vec![DefinitionEvent::DefinitionEnabled {
            enabled_at: self.enabled_at,
        }])
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct DisableDefinition {
    pub definition_id: DefinitionId,
    pub disabled_at: DateTime<Utc>,
}

impl DisableDefinition {
    pub(super) fn decide(
        self,
        definition: &Definition,
    ) -> Result<Vec<DefinitionEvent>, DefinitionError> {
        if !definition.require(self.definition_id)?.enabled {
            return Ok(vec![]);
        }
        Ok(vec![DefinitionEvent::DefinitionDisabled {
            disabled_at: self.disabled_at,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::DefinitionCommand;
    use crate::definition::examples::{created, framework};
    use crate::examples::{at, definition_id};

    fn enable() -> DefinitionCommand {
        DefinitionCommand::Enable(EnableDefinition {
            definition_id: definition_id(1),
            enabled_at: at(2),
        })
    }

    fn disable(number: u8) -> DefinitionCommand {
        DefinitionCommand::Disable(DisableDefinition {
            definition_id: definition_id(number),
            disabled_at: at(1),
        })
    }

    fn disabled() -> DefinitionEvent {
        DefinitionEvent::DefinitionDisabled { disabled_at: at(1) }
    }

    #[test]
    fn enabling_and_disabling_are_recorded_once() {
        let enabled = DefinitionEvent::DefinitionEnabled { enabled_at: at(2) };
        framework()
            .given(vec![created()])
            .when(disable(1))
            .then_expect_events(vec![disabled()]);
        framework()
            .given(vec![created()])
            .when(enable())
            .then_expect_events(vec![]);
        let off = || vec![created(), disabled()];
        framework()
            .given(off())
            .when(disable(1))
            .then_expect_events(vec![]);
        framework()
            .given(off())
            .when(enable())
            .then_expect_events(vec![enabled]);
    }

    #[test]
    fn refuses_a_definition_that_is_not_there() {
        let message = "Strategy definition 00000000-0000-0000-0000-000000000009 does not exist";
        framework()
            .given(vec![created()])
            .when(disable(9))
            .then_expect_error_message(message);
        let nothing = framework()
            .given_no_previous_events()
            .when(enable())
            .inspect_result();
        assert!(matches!(nothing, Err(DefinitionError::NotFound(_))));
    }
}

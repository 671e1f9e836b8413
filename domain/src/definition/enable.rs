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

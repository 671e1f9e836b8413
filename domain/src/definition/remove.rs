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

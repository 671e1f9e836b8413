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

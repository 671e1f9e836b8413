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
            Some(text) => DefinitionVersion::try_new(text)?,
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

/// An explicit lower version moves the current one back, so the next patch may be taken already.
fn next_free_patch(live: &LiveDefinition) -> Result<DefinitionVersion, DefinitionError> {
    let mut version = live.current_version.next_patch()?;
    while live.versions.contains(&version) {
        version = version.next_patch()?;
    }
    Ok(version)
}

//! Links an instance from before definitions existed to the definition it runs.

use chrono::{DateTime, Utc};

use super::{Instance, InstanceError, InstanceEvent};
use crate::definition::DefinitionVersion;
use crate::ids::{DefinitionId, DefinitionKey, ExecutorType, StrategyKey};

#[derive(Debug, Clone, PartialEq)]
pub struct BackfillLink {
    pub strategy_key: StrategyKey,
    pub definition_id: DefinitionId,
    pub definition_key: DefinitionKey,
    pub definition_version: DefinitionVersion,
    pub executor_type: ExecutorType,
    pub backfilled_at: DateTime<Utc>,
}

impl BackfillLink {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        let known = instance
            .known()
            .ok_or(InstanceError::NotFound(self.strategy_key))?;
        // A second backfill finds the work done
        if known.definition_id.is_some() {
            return Ok(vec![]);
        }
        Ok(vec![InstanceEvent::LegacyLinkBackfilled {
            definition_id: self.definition_id,
            definition_key: self.definition_key,
            definition_version: self.definition_version,
            executor_type: self.executor_type,
            backfilled_at: self.backfilled_at,
        }])
    }
}

/// Records why a backfill found no definition; the same reason is recorded once.
#[derive(Debug, Clone, PartialEq)]
pub struct SkipLink {
    pub strategy_key: StrategyKey,
    pub reason: String,
    pub skipped_at: DateTime<Utc>,
}

impl SkipLink {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        let known = instance
            .known()
            .ok_or(InstanceError::NotFound(self.strategy_key))?;
        if known.definition_id.is_some() || known.skip_reason.as_deref() == Some(&self.reason) {
            return Ok(vec![]);
        }
        Ok(vec![InstanceEvent::LegacyLinkSkipped {
            reason: self.reason,
            skipped_at: self.skipped_at,
        }])
    }
}

//! Records an instance row of the original server, once.

use super::{
    Instance, InstanceError, InstanceEvent, InstanceStatus, KnownInstance, LegacyInstanceRow, Run,
};
use crate::ids::StrategyKey;

#[derive(Debug, Clone, PartialEq)]
pub struct ImportLegacyInstance {
    pub strategy_key: StrategyKey,
    pub row: LegacyInstanceRow,
}

impl ImportLegacyInstance {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        match instance.known() {
            None => Ok(vec![InstanceEvent::LegacyInstanceImported(self.row)]),
            // Importing the same row again is a restart of the importer, not an error
            Some(known) if known.legacy_id == Some(self.row.legacy_id) => Ok(vec![]),
            Some(_) => Err(InstanceError::AlreadyImported(self.strategy_key)),
        }
    }
}

impl LegacyInstanceRow {
    /// The row as a run of ours; `None` when no executor runs its type.
    pub fn as_run(&self) -> Option<Run> {
        Some(Run {
            number: 1,
            user_id: self.user_id.clone(),
            client_id: self.client_id.clone(),
            strategy_type: self.strategy_type.clone(),
            executor_type: self.executor_type.clone()?,
            definition: None,
            config: self.config.clone(),
            market_making_order_id: self.market_making_order_id.clone(),
            start_price: self.start_price.clone(),
            started_at: self.updated_at,
        })
    }

    /// Whether an executor takes it up: it was running and there is an executor for it.
    pub fn resumes(&self) -> bool {
        self.status == InstanceStatus::Running && self.executor_type.is_some()
    }
}

impl KnownInstance {
    pub(super) fn from_legacy(row: &LegacyInstanceRow) -> Self {
        Self {
            user_id: row.user_id.clone(),
            client_id: row.client_id.clone(),
            status: row.status,
            runs: 1,
            strategy_type: row.strategy_type.clone(),
            start_price: row.start_price.clone(),
            definition_id: row.definition.as_ref().map(|(id, _)| *id),
            legacy_id: Some(row.legacy_id),
            skip_reason: None,
            last_run: row.as_run(),
        }
    }
}

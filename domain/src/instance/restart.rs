//! Runs an instance again with the configuration of its last run, whether it is stopped or not.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::launch::{refuse_other_markets, require_supported};
use super::{Instance, InstanceError, InstanceEvent, Run};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::StrategyKey;

#[derive(Debug, Clone, PartialEq)]
pub struct RestartInstance {
    pub strategy_key: StrategyKey,
    pub restarted_at: DateTime<Utc>,
}

impl RestartInstance {
    pub(super) fn decide(
        self,
        instance: &Instance,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<InstanceEvent>, InstanceError> {
        let known = instance
            .known()
            .ok_or(InstanceError::NotFound(self.strategy_key))?;
        let Some(last) = &known.last_run else {
            return Err(InstanceError::UnsupportedExecutor {
                executor_type: known.strategy_type.clone(),
                allowed: catalogue.allowed(),
            });
        };
        require_supported(last.executor_type.as_str(), catalogue.as_ref())?;
        refuse_other_markets(&last.executor_type, &last.config)?;
        Ok(vec![InstanceEvent::InstanceRestarted(Run {
            number: known.runs + 1,
            started_at: self.restarted_at,
            ..last.clone()
        })])
    }
}

//! Takes a run up, for the first time or again after the process ended.

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent};
use crate::ids::{ExecutorType, StrategyKey};

#[derive(Debug, Clone, PartialEq)]
pub struct OpenExecution {
    pub strategy_key: StrategyKey,
    pub run: u32,
    pub executor_type: ExecutorType,
    /// Non-zero for an imported volume strategy that had traded before.
    pub executed_trades: u32,
    pub opened_at: DateTime<Utc>,
}

impl OpenExecution {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        if execution.opened {
            return Err(ExecutionError::AlreadyOpen);
        }
        Ok(vec![ExecutionEvent::ExecutionOpened {
            strategy_key: self.strategy_key,
            run: self.run,
            executor_type: self.executor_type,
            executed_trades: self.executed_trades,
            opened_at: self.opened_at,
        }])
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct ResumeExecution {
    pub resumed_at: DateTime<Utc>,
}

impl ResumeExecution {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        Ok(vec![ExecutionEvent::ExecutionResumed {
            open_orders: u32::try_from(execution.live_orders.len()).unwrap_or(u32::MAX),
            resumed_at: self.resumed_at,
        }])
    }
}

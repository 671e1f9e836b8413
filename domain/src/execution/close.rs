//! Ends a run, once none of its orders can trade any more.

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent};

#[derive(Debug, Clone, PartialEq)]
pub struct CloseExecution {
    pub reason: String,
    pub closed_at: DateTime<Utc>,
}

impl CloseExecution {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        // Closing twice is a retry after a crash, not an error
        if execution.closed {
            return Ok(vec![]);
        }
        execution.require_open()?;
        if !execution.live_orders.is_empty() {
            return Err(ExecutionError::OrdersOpen(execution.live_orders.len()));
        }
        Ok(vec![ExecutionEvent::ExecutionClosed {
            reason: self.reason,
            closed_at: self.closed_at,
        }])
    }
}

//! Records why a tick decided nothing, once per change of reason.

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent};

#[derive(Debug, Clone, PartialEq)]
pub struct SkipTick {
    pub reason: String,
    pub tick_at: DateTime<Utc>,
}

impl SkipTick {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        if execution.skip_reason.as_ref() == Some(&self.reason) {
            return Ok(vec![]);
        }
        Ok(vec![ExecutionEvent::TickSkipped {
            reason: self.reason,
            tick_at: self.tick_at,
        }])
    }
}

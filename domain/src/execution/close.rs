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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::execution::ExecutionCommand;
    use crate::execution::examples::{cancelled, closed, intended, opened, when};

    fn close() -> ExecutionCommand {
        ExecutionCommand::Close(CloseExecution {
            reason: "stopped".to_owned(),
            closed_at: at(9),
        })
    }

    #[test]
    fn a_run_closes_once() {
        when(vec![opened()], close()).then_expect_events(vec![closed()]);
        when(vec![opened(), closed()], close()).then_expect_events(vec![]);
        let settled = vec![opened(), intended("a"), cancelled("a")];
        when(settled, close()).then_expect_events(vec![closed()]);
    }

    #[test]
    fn refuses_while_an_order_may_still_trade() {
        when(vec![opened(), intended("a")], close())
            .then_expect_error_message("1 orders are still open at the venue");
    }

    #[test]
    fn refuses_a_run_that_was_never_opened() {
        when(vec![], close()).then_expect_error_message("the execution is not open");
    }
}

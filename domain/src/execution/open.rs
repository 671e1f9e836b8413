//! Takes a run up, for the first time or again after the process ended.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent};
use crate::executor_catalogue::Trading;
use crate::ids::{ExecutorType, StrategyKey};

#[derive(Debug, Clone, PartialEq)]
pub struct OpenExecution {
    pub strategy_key: StrategyKey,
    pub run: u32,
    pub executor_type: ExecutorType,
    /// Non-zero for an imported volume strategy that had traded before.
    pub executed_trades: u32,
    /// By exchange; on paper where nothing is said.
    pub trading: BTreeMap<String, Trading>,
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
            trading: self.trading,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{at, plan};
    use crate::execution::ExecutionCommand;
    use crate::execution::examples::{closed, intended, opened, when};

    fn open() -> ExecutionCommand {
        let plan = plan();
        ExecutionCommand::Open(OpenExecution {
            strategy_key: plan.strategy_key,
            run: 1,
            executor_type: plan.executor_type,
            executed_trades: 0,
            trading: BTreeMap::new(),
            opened_at: at(0),
        })
    }

    fn resume() -> ExecutionCommand {
        ExecutionCommand::Resume(ResumeExecution { resumed_at: at(7) })
    }

    #[test]
    fn a_run_is_taken_up_once() {
        when(vec![], open()).then_expect_events(vec![opened()]);
        let message = "the execution was opened already";
        when(vec![opened()], open()).then_expect_error_message(message);
        when(vec![opened(), closed()], open()).then_expect_error_message(message);
    }

    #[test]
    fn a_run_is_found_again_with_its_open_orders() {
        let resumed = ExecutionEvent::ExecutionResumed {
            open_orders: 2,
            resumed_at: at(7),
        };
        when(vec![opened(), intended("a"), intended("b")], resume())
            .then_expect_events(vec![resumed]);
    }

    #[test]
    fn refuses_to_resume_what_is_not_open() {
        for history in [vec![], vec![opened(), closed()]] {
            when(history, resume()).then_expect_error_message("the execution is not open");
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::execution::ExecutionCommand;
    use crate::execution::examples::{intended, opened, when};

    fn skip(reason: &str) -> ExecutionCommand {
        ExecutionCommand::SkipTick(SkipTick {
            reason: reason.to_owned(),
            tick_at: at(2),
        })
    }

    fn skipped(reason: &str) -> ExecutionEvent {
        ExecutionEvent::TickSkipped {
            reason: reason.to_owned(),
            tick_at: at(2),
        }
    }

    #[test]
    fn a_reason_is_recorded_when_it_changes() {
        when(vec![opened()], skip("stale")).then_expect_events(vec![skipped("stale")]);
        let same = vec![opened(), skipped("stale")];
        when(same, skip("stale")).then_expect_events(vec![]);
        let other = vec![opened(), skipped("stale")];
        when(other, skip("no depth")).then_expect_events(vec![skipped("no depth")]);
    }

    #[test]
    fn an_order_in_between_makes_the_same_reason_news() {
        let history = vec![opened(), skipped("stale"), intended("a")];
        when(history, skip("stale")).then_expect_events(vec![skipped("stale")]);
    }

    #[test]
    fn refuses_a_run_that_is_not_open() {
        when(vec![], skip("stale")).then_expect_error_message("the execution is not open");
    }
}

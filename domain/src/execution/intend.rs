//! Writes down what is about to be asked of the venue, before it is asked.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent, OrderIntent, OrderState};
use crate::ids::ClientOrderId;

/// All orders of one tick: either all are recorded or none.
#[derive(Debug, Clone, PartialEq)]
pub struct IntendOrders(pub Vec<OrderIntent>);

impl IntendOrders {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        let mut seen = BTreeSet::new();
        for intent in &self.0 {
            let id = &intent.client_order_id;
            if execution.known_order(id).is_some() || !seen.insert(id.clone()) {
                return Err(ExecutionError::DuplicateOrder(id.clone()));
            }
        }
        Ok(self
            .0
            .into_iter()
            .map(ExecutionEvent::OrderIntended)
            .collect())
    }
}

/// Cancellations of one tick. Orders that are gone or being cancelled already are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct IntendCancels {
    pub client_order_ids: Vec<ClientOrderId>,
    pub reason: String,
    pub tick_at: DateTime<Utc>,
}

impl IntendCancels {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        let mut seen = BTreeSet::new();
        let cancellable = |id: &ClientOrderId| {
            let order = execution.live_orders.get(id);
            order.is_some_and(|order| order.state != OrderState::Cancelling)
                && seen.insert(id.clone())
        };
        let events = self
            .client_order_ids
            .into_iter()
            .filter(cancellable)
            .map(|client_order_id| ExecutionEvent::CancelIntended {
                client_order_id,
                reason: self.reason.clone(),
                tick_at: self.tick_at,
            });
        Ok(events.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{at, intent};
    use crate::execution::examples::{
        acknowledged, cancel_intended, cancelled, closed, fill, id, intended, opened, when,
    };
    use crate::execution::{ExecutionCommand, Side};

    fn intend(orders: &[&str]) -> ExecutionCommand {
        let intents = orders.iter().map(|order| intent(order, Side::Buy, 2));
        ExecutionCommand::IntendOrders(IntendOrders(intents.collect()))
    }

    fn cancel(orders: &[&str]) -> ExecutionCommand {
        ExecutionCommand::IntendCancels(IntendCancels {
            client_order_ids: orders.iter().copied().map(id).collect(),
            reason: "refresh".to_owned(),
            tick_at: at(3),
        })
    }

    #[test]
    fn the_orders_of_a_tick_are_recorded_together() {
        when(vec![opened()], intend(&["a", "b"]))
            .then_expect_events(vec![intended("a"), intended("b")]);
    }

    #[test]
    fn refuses_an_order_that_is_there_already_and_with_it_the_whole_tick() {
        when(vec![opened(), intended("b")], intend(&["a", "b"]))
            .then_expect_error_message("order b was intended already");
        when(vec![opened()], intend(&["a", "a"]))
            .then_expect_error_message("order a was intended already");
    }

    #[test]
    fn live_orders_are_cancelled_once() {
        let history = || vec![opened(), intended("a"), intended("b"), acknowledged("b")];
        when(history(), cancel(&["a", "b"]))
            .then_expect_events(vec![cancel_intended("a"), cancel_intended("b")]);
        let mut cancelling = history();
        cancelling.push(cancel_intended("a"));
        when(cancelling, cancel(&["a"])).then_expect_events(vec![]);
    }

    #[test]
    fn an_order_named_twice_is_cancelled_once() {
        when(vec![opened(), intended("a")], cancel(&["a", "a"]))
            .then_expect_events(vec![cancel_intended("a")]);
    }

    #[test]
    fn orders_that_are_gone_are_left_out() {
        let filled = ExecutionEvent::OrderFilled(fill("b", "1", 2));
        let history = vec![
            opened(),
            intended("a"),
            cancelled("a"),
            intended("b"),
            filled,
        ];
        when(history, cancel(&["a", "b", "never"])).then_expect_events(vec![]);
    }

    #[test]
    fn refuses_a_run_that_is_not_open() {
        for command in [intend(&["a"]), cancel(&["a"])] {
            when(vec![opened(), closed()], command)
                .then_expect_error_message("the execution is not open");
        }
    }
}

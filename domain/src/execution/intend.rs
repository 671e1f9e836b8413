//! Writes down what is about to be asked of the venue, before it is asked.

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
        let mut seen = std::collections::BTreeSet::new();
        for intent in &self.0 {
            let id = &intent.client_order_id;
            if execution.live_orders.contains_key(id) || !seen.insert(id.clone()) {
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
        let cancellable = |id: &ClientOrderId| {
            let order = execution.live_orders.get(id);
            order.is_some_and(|order| order.state != OrderState::Cancelling)
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

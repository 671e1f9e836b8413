//! Records what the venue answered. Reports may repeat: what is known already records nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent, Fill, LiveOrder, OrderState};
use crate::ids::ClientOrderId;
use crate::money::Decimal;

/// One thing a venue said about one order.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Acknowledged {
        client_order_id: ClientOrderId,
        venue_order_id: String,
        at: DateTime<Utc>,
    },
    Rejected {
        client_order_id: ClientOrderId,
        reason: String,
        at: DateTime<Utc>,
    },
    Cancelled {
        client_order_id: ClientOrderId,
        at: DateTime<Utc>,
    },
    Filled(Fill),
}

/// In the order the venue reported them.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordOutcomes(pub Vec<Outcome>);

impl RecordOutcomes {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        let mut pending = Pending::default();
        let mut events = Vec::new();
        for outcome in self.0 {
            events.extend(pending.decide(execution, outcome)?);
        }
        Ok(events)
    }
}

/// What earlier outcomes of the same report already settled.
#[derive(Default)]
struct Pending {
    acknowledged: BTreeSet<ClientOrderId>,
    finished: BTreeSet<ClientOrderId>,
    filled: BTreeMap<ClientOrderId, Decimal>,
    fill_ids: BTreeSet<(ClientOrderId, String)>,
}

impl Pending {
    fn decide(
        &mut self,
        execution: &Execution,
        outcome: Outcome,
    ) -> Result<Option<ExecutionEvent>, ExecutionError> {
        let id = outcome.client_order_id().clone();
        // A finished order has left the state: what comes about it now is a repetition
        let Some(order) = execution
            .live_orders
            .get(&id)
            .filter(|_| !self.finished.contains(&id))
        else {
            return Ok(None);
        };
        match outcome {
            Outcome::Acknowledged {
                client_order_id,
                venue_order_id,
                at,
            } => {
                let known = order.state == OrderState::Open || order.venue_order_id.is_some();
                if known || !self.acknowledged.insert(id) {
                    return Ok(None);
                }
                Ok(Some(ExecutionEvent::OrderAcknowledged {
                    client_order_id,
                    venue_order_id,
                    acknowledged_at: at,
                }))
            }
            Outcome::Rejected {
                client_order_id,
                reason,
                at,
            } => {
                self.finished.insert(id);
                Ok(Some(ExecutionEvent::OrderRejected {
                    client_order_id,
                    reason,
                    rejected_at: at,
                }))
            }
            Outcome::Cancelled {
                client_order_id,
                at,
            } => {
                self.finished.insert(id);
                Ok(Some(ExecutionEvent::OrderCancelled {
                    client_order_id,
                    cancelled_at: at,
                }))
            }
            Outcome::Filled(fill) => self.fill(order, fill),
        }
    }

    fn fill(
        &mut self,
        order: &LiveOrder,
        fill: Fill,
    ) -> Result<Option<ExecutionEvent>, ExecutionError> {
        let id = fill.client_order_id.clone();
        let repeated = order.fill_ids.contains(&fill.fill_id)
            || !self.fill_ids.insert((id.clone(), fill.fill_id.clone()));
        if repeated {
            return Ok(None);
        }
        let ordered = order.intent.quantity.amount();
        let before = self.filled.get(&id).unwrap_or(&order.filled);
        let filled = before + fill.quantity.amount();
        if filled > *ordered {
            return Err(ExecutionError::Overfilled(id));
        }
        if filled == *ordered {
            self.finished.insert(id.clone());
        }
        self.filled.insert(id, filled);
        Ok(Some(ExecutionEvent::OrderFilled(fill)))
    }
}

impl Outcome {
    pub fn client_order_id(&self) -> &ClientOrderId {
        match self {
            Self::Acknowledged {
                client_order_id, ..
            }
            | Self::Rejected {
                client_order_id, ..
            }
            | Self::Cancelled {
                client_order_id, ..
            } => client_order_id,
            Self::Filled(fill) => &fill.client_order_id,
        }
    }
}

//! What was decided, tick by tick: orders, cancellations, and ticks that decided nothing.

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionEvent, OrderIntent};
use domain::ids::ClientOrderId;
use event_store::{EventLog, Position};

use super::window::{Backwards, Seen};
use super::{Behind, Found, RunLog};
use crate::past::PastError;

#[derive(Debug, Clone, PartialEq)]
pub struct DecisionView {
    pub position: Position,
    pub at: DateTime<Utc>,
    pub kind: DecisionKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DecisionKind {
    Order(Box<OrderIntent>),
    Cancel {
        client_order_id: ClientOrderId,
        reason: String,
    },
    Skip {
        reason: String,
    },
}

pub async fn decisions(
    log: &dyn EventLog,
    run: &RunLog,
    behind: Behind,
) -> Result<Found<DecisionView>, PastError> {
    let mut walk = Backwards::from(log, run, behind.version);
    let mut items = Vec::new();
    while let Some(window) = walk.next().await? {
        for seen in window {
            let version = seen.version();
            if let Some(decision) = decision(seen) {
                if items.len() == behind.limit as usize {
                    return Ok(Found { items, more: true });
                }
                items.push((version, decision));
            }
        }
    }
    let more = !walk.reached_the_beginning();
    Ok(Found { items, more })
}

fn decision(seen: Seen) -> Option<DecisionView> {
    let position = seen.recorded.position;
    let (at, kind) = match seen.event {
        ExecutionEvent::OrderIntended(intent) => {
            (intent.tick_at, DecisionKind::Order(Box::new(intent)))
        }
        ExecutionEvent::CancelIntended {
            client_order_id,
            reason,
            tick_at,
        } => {
            let cancel = DecisionKind::Cancel {
                client_order_id,
                reason,
            };
            (tick_at, cancel)
        }
        ExecutionEvent::TickSkipped { reason, tick_at } => (tick_at, DecisionKind::Skip { reason }),
        ExecutionEvent::ExecutionOpened { .. }
        | ExecutionEvent::ExecutionResumed { .. }
        | ExecutionEvent::OrderAcknowledged { .. }
        | ExecutionEvent::OrderRejected { .. }
        | ExecutionEvent::OrderCancelled { .. }
        | ExecutionEvent::OrderFilled(_)
        | ExecutionEvent::PriceBandMeasured(_)
        | ExecutionEvent::PositionMarked { .. }
        | ExecutionEvent::ExecutionClosed { .. } => return None,
    };
    Some(DecisionView { position, at, kind })
}

//! Orders, with everything that happened to them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionEvent, Fill, OrderIntent};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use event_store::{EventLog, Position};

use super::window::{Backwards, Seen, forwards};
use super::{Behind, Found, RunLog};
use crate::past::PastError;

#[derive(Debug, Clone, PartialEq)]
pub struct OrderView {
    pub position: Position,
    pub intent: OrderIntent,
    pub progress: OrderProgress,
    pub venue_order_id: Option<String>,
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was cancelled or rejected.
    pub reason: Option<String>,
    pub fills: Vec<(Position, Fill)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderProgress {
    Intended,
    Open,
    Cancelling,
    Cancelled,
    Rejected,
    Filled,
}

impl OrderView {
    pub fn filled(&self) -> Decimal {
        let quantities = self.fills.iter().map(|(_, fill)| fill.quantity.amount());
        quantities.fold(Decimal::zero(), |sum, quantity| &sum + quantity)
    }

    pub fn remaining(&self) -> Decimal {
        self.intent.quantity.amount() - &self.filled()
    }

    fn is_over(&self) -> bool {
        match self.progress {
            OrderProgress::Intended | OrderProgress::Open | OrderProgress::Cancelling => false,
            OrderProgress::Cancelled | OrderProgress::Rejected | OrderProgress::Filled => true,
        }
    }
}

pub async fn orders(
    log: &dyn EventLog,
    run: &RunLog,
    behind: Behind,
) -> Result<Found<OrderView>, PastError> {
    let mut found = intended(log, run, behind).await?;
    let Some(oldest) = found.items.last().map(|(version, _)| *version) else {
        return Ok(found);
    };
    let mut fates = Fates::of(&found.items);
    let mut version = oldest;
    while version < run.loaded.version {
        let window = forwards(log, run, version).await?;
        let Some(last) = window.last().map(Seen::version) else {
            break;
        };
        for seen in &window {
            fates.tell(&mut found.items, seen);
        }
        version = last;
        // Orders that still live have nothing more to tell only at the end
        if found.items.iter().all(|(_, order)| order.is_over()) {
            break;
        }
    }
    Ok(found)
}

async fn intended(
    log: &dyn EventLog,
    run: &RunLog,
    behind: Behind,
) -> Result<Found<OrderView>, PastError> {
    let mut walk = Backwards::from(log, run, behind.version);
    let mut items = Vec::new();
    while let Some(window) = walk.next().await? {
        for seen in window {
            let version = seen.version();
            if let ExecutionEvent::OrderIntended(intent) = seen.event {
                if items.len() == behind.limit as usize {
                    return Ok(Found { items, more: true });
                }
                let order = OrderView {
                    position: seen.recorded.position,
                    intent,
                    progress: OrderProgress::Intended,
                    venue_order_id: None,
                    acknowledged_at: None,
                    ended_at: None,
                    reason: None,
                    fills: vec![],
                };
                items.push((version, order));
            }
        }
    }
    let more = !walk.reached_the_beginning();
    Ok(Found { items, more })
}

/// Where each order stands in the page.
struct Fates(BTreeMap<ClientOrderId, usize>);

impl Fates {
    fn of(items: &[(u64, OrderView)]) -> Self {
        let ids = items.iter().enumerate();
        Self(
            ids.map(|(at, (_, order))| (order.intent.client_order_id.clone(), at))
                .collect(),
        )
    }

    fn tell(&mut self, items: &mut [(u64, OrderView)], seen: &Seen) {
        let Some(id) = concerned(&seen.event) else {
            return;
        };
        if let Some((_, order)) = self.0.get(id).and_then(|&at| items.get_mut(at)) {
            apply(order, seen);
        }
    }
}

fn concerned(event: &ExecutionEvent) -> Option<&ClientOrderId> {
    match event {
        ExecutionEvent::OrderAcknowledged {
            client_order_id, ..
        }
        | ExecutionEvent::OrderRejected {
            client_order_id, ..
        }
        | ExecutionEvent::CancelIntended {
            client_order_id, ..
        }
        | ExecutionEvent::OrderCancelled {
            client_order_id, ..
        } => Some(client_order_id),
        ExecutionEvent::OrderFilled(fill) => Some(&fill.client_order_id),
        ExecutionEvent::ExecutionOpened { .. }
        | ExecutionEvent::ExecutionResumed { .. }
        | ExecutionEvent::OrderIntended(_)
        | ExecutionEvent::TickSkipped { .. }
        | ExecutionEvent::PriceBandMeasured(_)
        | ExecutionEvent::PositionMarked { .. }
        | ExecutionEvent::ExecutionClosed { .. } => None,
    }
}

fn apply(order: &mut OrderView, seen: &Seen) {
    match &seen.event {
        ExecutionEvent::OrderAcknowledged {
            venue_order_id,
            acknowledged_at,
            ..
        } => {
            order.venue_order_id = Some(venue_order_id.clone());
            order.acknowledged_at = Some(*acknowledged_at);
            if order.progress == OrderProgress::Intended {
                order.progress = OrderProgress::Open;
            }
        }
        ExecutionEvent::OrderRejected {
            reason,
            rejected_at,
            ..
        } => {
            order.progress = OrderProgress::Rejected;
            order.reason = Some(reason.clone());
            order.ended_at = Some(*rejected_at);
        }
        ExecutionEvent::CancelIntended { reason, .. } => {
            order.progress = OrderProgress::Cancelling;
            order.reason = Some(reason.clone());
        }
        ExecutionEvent::OrderCancelled { cancelled_at, .. } => {
            order.progress = OrderProgress::Cancelled;
            order.ended_at = Some(*cancelled_at);
        }
        ExecutionEvent::OrderFilled(fill) => {
            order.fills.push((seen.recorded.position, fill.clone()));
            if !order.remaining().is_positive() {
                order.progress = OrderProgress::Filled;
                order.ended_at = Some(fill.filled_at);
            }
        }
        ExecutionEvent::ExecutionOpened { .. }
        | ExecutionEvent::ExecutionResumed { .. }
        | ExecutionEvent::OrderIntended(_)
        | ExecutionEvent::TickSkipped { .. }
        | ExecutionEvent::PriceBandMeasured(_)
        | ExecutionEvent::PositionMarked { .. }
        | ExecutionEvent::ExecutionClosed { .. } => {}
    }
}

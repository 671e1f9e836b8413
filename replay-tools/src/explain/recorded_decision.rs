//! The events that one decision left in its run's stream.

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionEvent, OrderIntent, Seen};
use domain::ids::ClientOrderId;
use event_store::{EventLog, Recorded};

use super::trail::PAGE;

#[derive(Debug)]
pub(super) struct RecordedDecision {
    pub(super) seen: Seen,
    pub(super) tick_at: DateTime<Utc>,
    /// At least one.
    pub(super) orders: Vec<OrderIntent>,
    pub(super) cancels: Vec<(ClientOrderId, String)>,
}

impl RecordedDecision {
    /// The one that `decided` is an order of; `None` where it was not recorded what it saw.
    pub(super) async fn of(log: &dyn EventLog, decided: &Recorded) -> anyhow::Result<Option<Self>> {
        let Some((tick_at, seen)) = seen(log, decided).await? else {
            return Ok(None);
        };
        let mut decision = Self {
            tick_at,
            orders: vec![],
            cancels: vec![],
            seen,
        };
        let mut version = decision.seen.version;
        loop {
            let events = log.load(&decided.stream, version, PAGE).await?;
            let Some(last) = events.last() else { break };
            version = last.version;
            for recorded in events {
                if !decision.takes(recorded.decode_as()?) {
                    return Ok(Some(decision));
                }
            }
        }
        Ok(Some(decision))
    }

    /// Cancellations come first, with what the venue answered; the orders are recorded as one, and
    /// with them the decision is over.
    fn takes(&mut self, event: ExecutionEvent) -> bool {
        match event {
            ExecutionEvent::OrderIntended(intent) => {
                let is_of_the_next = !self.orders.is_empty() && intent.seen.is_some();
                if !is_of_the_next {
                    self.orders.push(intent);
                }
                !is_of_the_next
            }
            ExecutionEvent::CancelIntended {
                client_order_id,
                reason,
                ..
            } if self.orders.is_empty() => {
                self.cancels.push((client_order_id, reason));
                true
            }
            ExecutionEvent::ExecutionOpened { .. }
            | ExecutionEvent::ExecutionResumed { .. }
            | ExecutionEvent::OrderAcknowledged { .. }
            | ExecutionEvent::OrderRejected { .. }
            | ExecutionEvent::CancelIntended { .. }
            | ExecutionEvent::OrderCancelled { .. }
            | ExecutionEvent::OrderFilled(_)
            | ExecutionEvent::TickSkipped { .. }
            | ExecutionEvent::PriceBandMeasured(_)
            | ExecutionEvent::PositionMarked { .. }
            | ExecutionEvent::ExecutionClosed { .. } => self.orders.is_empty(),
        }
    }
}

/// It stands on the first of the orders that were recorded as one.
async fn seen(
    log: &dyn EventLog,
    decided: &Recorded,
) -> anyhow::Result<Option<(DateTime<Utc>, Seen)>> {
    let before = decided.version.saturating_sub(PAGE as u64);
    let events = log.load(&decided.stream, before, PAGE).await?;
    let not_behind = events
        .iter()
        .filter(|event| event.version <= decided.version);
    for recorded in not_behind.rev() {
        let ExecutionEvent::OrderIntended(intent) = recorded.decode_as()? else {
            break;
        };
        if let Some(seen) = intent.seen {
            return Ok(Some((intent.tick_at, *seen)));
        }
    }
    Ok(None)
}

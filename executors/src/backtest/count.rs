//! What a run's events come to, beyond its ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::event::{Event, aggregate_type};
use domain::execution::{ExecutionEvent, OrderIntent};
use domain::ids::ClientOrderId;
use event_store::{EventLog, FeedFilter, Position};

use super::error::BacktestError;
use super::report::{Orders, Trade};

const PAGE: usize = 1_000;

#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) orders: Orders,
    pub(super) skipped: BTreeMap<String, u64>,
    pub(super) trades: Vec<Trade>,
    pub(super) closed: Option<String>,
    intents: HashMap<ClientOrderId, OrderIntent>,
    filled: BTreeSet<ClientOrderId>,
}

impl Counted {
    /// Reads the whole log.
    pub(super) async fn of(log: &dyn EventLog) -> Result<Self, BacktestError> {
        let filter = FeedFilter::only(&[aggregate_type::EXECUTION]);
        let mut counted = Self::default();
        let mut after = Position(0);
        loop {
            let page = log.feed(after, PAGE, &filter).await?;
            for recorded in &page.events {
                if let Event::Execution(event) = recorded.decode()? {
                    counted.take_in(event);
                }
            }
            after = page.up_to;
            if page.at_head {
                counted.orders.filled = counted.filled.len() as u64;
                return Ok(counted);
            }
        }
    }

    fn take_in(&mut self, event: ExecutionEvent) {
        match event {
            ExecutionEvent::OrderIntended(intent) => {
                self.orders.placed += 1;
                self.intents.insert(intent.client_order_id.clone(), intent);
            }
            ExecutionEvent::OrderRejected { .. } => self.orders.rejected += 1,
            ExecutionEvent::OrderCancelled { .. } => self.orders.cancelled += 1,
            ExecutionEvent::OrderFilled(fill) => {
                if let Some(intent) = self.intents.get(&fill.client_order_id) {
                    self.trades.push(Trade {
                        at: fill.filled_at,
                        exchange: intent.exchange.clone(),
                        pair: intent.pair.clone(),
                        side: intent.side,
                        price: fill.price.amount().clone(),
                        quantity: fill.quantity.amount().clone(),
                    });
                }
                self.filled.insert(fill.client_order_id);
            }
            ExecutionEvent::TickSkipped { reason, .. } => {
                *self.skipped.entry(reason).or_default() += 1;
            }
            ExecutionEvent::ExecutionClosed { reason, .. } => self.closed = Some(reason),
            ExecutionEvent::ExecutionOpened { .. }
            | ExecutionEvent::ExecutionResumed { .. }
            | ExecutionEvent::OrderAcknowledged { .. }
            | ExecutionEvent::CancelIntended { .. }
            | ExecutionEvent::PriceBandMeasured(_)
            | ExecutionEvent::PositionMarked { .. } => {}
        }
    }
}

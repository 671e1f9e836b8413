//! What one run holds and earned, as far as the log was read.

use std::collections::BTreeMap;

use domain::execution::{ExecutionEvent, Fill, Ledger, LiveOrder, OrderIntent};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Book {
    /// The last event taken in.
    pub(super) version: u64,
    ledger: Ledger,
    /// Orders that may still trade. Of one that is missing here the run's own stream knows.
    #[serde(skip)]
    orders: BTreeMap<ClientOrderId, LiveOrder>,
}

/// The profit in one market changed.
#[derive(Debug, PartialEq)]
pub(super) struct Earned {
    pub(super) exchange: String,
    pub(super) pair: String,
    pub(super) change: Decimal,
}

/// A trade of an order that is not in the book.
#[derive(Debug)]
pub(super) struct UnknownOrder(pub(super) Box<Fill>);

impl Book {
    pub(super) fn take_in(
        &mut self,
        event: ExecutionEvent,
    ) -> Result<Option<Earned>, UnknownOrder> {
        let earned = match event {
            ExecutionEvent::OrderIntended(intent) => {
                let earned = self.earning(&intent.exchange, &intent.pair, |ledger| {
                    ledger.decided(&intent);
                });
                self.orders
                    .insert(intent.client_order_id.clone(), LiveOrder::new(intent));
                earned
            }
            ExecutionEvent::OrderFilled(fill) => {
                let Some(mut order) = self.orders.remove(&fill.client_order_id) else {
                    return Err(UnknownOrder(Box::new(fill)));
                };
                let earned = self.traded(&order.intent, &fill);
                order.filled = &order.filled + fill.quantity.amount();
                if order.remaining().is_positive() {
                    self.orders.insert(fill.client_order_id, order);
                }
                earned
            }
            ExecutionEvent::PositionMarked {
                exchange,
                pair,
                price,
                ..
            } => self.earning(&exchange, &pair, |ledger| {
                ledger.marked(&exchange, &pair, &price);
            }),
            ExecutionEvent::OrderRejected {
                client_order_id, ..
            }
            | ExecutionEvent::OrderCancelled {
                client_order_id, ..
            } => {
                self.orders.remove(&client_order_id);
                None
            }
            ExecutionEvent::ExecutionOpened { .. }
            | ExecutionEvent::ExecutionResumed { .. }
            | ExecutionEvent::OrderAcknowledged { .. }
            | ExecutionEvent::CancelIntended { .. }
            | ExecutionEvent::TickSkipped { .. }
            | ExecutionEvent::PriceBandMeasured(_)
            | ExecutionEvent::ExecutionClosed { .. } => None,
        };
        Ok(earned)
    }

    pub(super) fn traded(&mut self, intent: &OrderIntent, fill: &Fill) -> Option<Earned> {
        self.earning(&intent.exchange, &intent.pair, |ledger| {
            ledger.traded(intent, fill);
        })
    }

    fn earning(
        &mut self,
        exchange: &str,
        pair: &str,
        happens: impl FnOnce(&mut Ledger),
    ) -> Option<Earned> {
        let before = self.ledger.profit_in(exchange, pair);
        happens(&mut self.ledger);
        let change = &self.ledger.profit_in(exchange, pair) - &before;
        (!change.is_zero()).then(|| Earned {
            exchange: exchange.to_owned(),
            pair: pair.to_owned(),
            change,
        })
    }
}

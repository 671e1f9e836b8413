//! What a decision knows of its own run.

use chrono::{DateTime, Utc};
use domain::execution::{Execution, History, LiveOrder, OrderState, Seen, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};

/// The run so far, as its log tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnState {
    /// Every order that may still be at a venue, in the order they were intended.
    pub live_orders: Vec<OwnOrder>,
    /// Trades published so far, for strategies that count.
    pub executed_trades: u32,
    /// This run only completes the last one, which said `unfinished`: it places into slots that
    /// have become free and changes nothing else. `false` for a run that its cadence made due.
    pub refill: bool,
    /// When the decision is taken.
    pub now: DateTime<Utc>,
    pub history: History,
    /// Net base currency bought (negative: sold), fees included.
    pub net_base: Option<Decimal>,
    /// Net quote currency received (negative: spent), fees included.
    pub net_quote: Option<Decimal>,
}

impl OwnState {
    /// Of a run that has come this far.
    pub fn of(execution: &Execution, refill: bool, now: DateTime<Utc>) -> Self {
        Self {
            live_orders: live_orders_in_order(execution)
                .into_iter()
                .map(own_order)
                .collect(),
            executed_trades: execution.executed_trades,
            refill,
            now,
            history: execution.history.clone(),
            net_base: execution.net_base.clone(),
            net_quote: execution.net_quote.clone(),
        }
    }
}

impl OwnState {
    /// Of a run once the orders that are being cancelled are gone, for a decision about what comes in
    /// their place.
    pub fn without_leaving(execution: &Execution, now: DateTime<Utc>) -> Self {
        let mut own = Self::of(execution, true, now);
        own.live_orders
            .retain(|order| order.state != OrderState::Cancelling);
        own
    }

    /// As the decision that `seen` was recorded with was told it.
    pub fn as_seen(execution: &Execution, seen: &Seen, now: DateTime<Utc>) -> Self {
        if seen.replaces {
            Self::without_leaving(execution, now)
        } else {
            Self::of(execution, seen.refill, now)
        }
    }
}

/// In the order in which they were intended. The ids of one run differ only in their order
/// number, which has no leading zeros: shorter is older.
pub fn live_orders_in_order(execution: &Execution) -> Vec<&LiveOrder> {
    let mut orders: Vec<_> = execution.live_orders.iter().collect();
    orders.sort_by_key(|(id, _)| (id.as_str().len(), *id));
    orders.into_iter().map(|(_, order)| order).collect()
}

fn own_order(order: &LiveOrder) -> OwnOrder {
    let intent = &order.intent;
    OwnOrder {
        client_order_id: intent.client_order_id.clone(),
        slot: intent.slot.clone(),
        exchange: intent.exchange.clone(),
        pair: intent.pair.clone(),
        side: intent.side,
        price: intent.price.clone(),
        quantity: intent.quantity.clone(),
        remaining: order.remaining(),
        state: order.state,
        placed_at: intent.tick_at,
    }
}

/// One of the run's orders that may still be at its venue.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnOrder {
    pub client_order_id: ClientOrderId,
    pub slot: String,
    pub exchange: String,
    pub pair: String,
    pub side: Side,
    pub price: Price,
    /// As ordered.
    pub quantity: Quantity,
    /// Not filled yet.
    pub remaining: Decimal,
    pub state: OrderState,
    /// When it was decided: one moment for all orders of a batch.
    pub placed_at: DateTime<Utc>,
}

//! What a decision knows of its own run.

use chrono::{DateTime, Utc};
use domain::execution::{History, OrderState, Side};
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

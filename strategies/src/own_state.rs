//! What a decision knows of its own run.

use domain::execution::{OrderState, Side};
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
}

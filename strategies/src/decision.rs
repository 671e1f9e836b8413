//! What a run of a strategy wants done.

use domain::execution::{DecisionBasis, PriceBand, Side};
use domain::ids::ClientOrderId;
use domain::money::{Price, Quantity};

/// The outcome of one run. Acting on it is the runtime's, behind its risk gate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// In the order to be carried out: cancellations before placements.
    pub actions: Vec<Action>,
    /// Why the run, a side or an order was left out; empty when nothing was.
    pub skipped: Vec<String>,
    /// New orders wait for slots that are being freed: decide again with `OwnState::refill` as
    /// soon as the cancellations are confirmed, without moving the cadence.
    pub unfinished: bool,
    /// The price band that later decisions must be given back, when this one measured it anew.
    pub band: Option<PriceBand>,
    /// Why nothing is to be done although nothing is wrong. Not for the log, which would say it at
    /// every tick.
    pub idle: Option<&'static str>,
    /// What is placed is what is cancelled, once more: nothing of it is sent where an order to be
    /// cancelled traded meanwhile, or may still be there.
    pub renews: bool,
    /// In place of the only order placed, should the gate refuse it: in this order, until it lets one
    /// through.
    pub otherwise: Vec<OrderProposal>,
    /// What is held and should not be, while this run tries to close it. If that does not succeed soon,
    /// the runtime raises an alarm.
    pub open: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    Place(OrderProposal),
    Cancel {
        client_order_id: ClientOrderId,
        reason: String,
    },
    /// The strategy has done what it was configured to do.
    Stop {
        reason: String,
    },
}

/// A limit order that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderProposal {
    /// What the order is for: `mm-layer-1-buy`, `arb-a-buy`, `volume-3`.
    pub slot: String,
    pub exchange: String,
    pub pair: String,
    pub side: Side,
    pub price: Price,
    pub quantity: Quantity,
    /// The venue must refuse it rather than let it take liquidity.
    pub post_only: bool,
    /// Publishing it raises the run's count of executed trades by one.
    pub counts_trade: bool,
    pub basis: DecisionBasis,
}

impl Decision {
    /// A run that does nothing, and why.
    pub fn skip(reason: impl Into<String>) -> Self {
        Self {
            skipped: vec![reason.into()],
            ..Self::default()
        }
    }
}

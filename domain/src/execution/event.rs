//! What can have happened during a run.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{PriceBand, Seen};
use crate::event::domain_event;
use crate::executor_catalogue::Trading;
use crate::ids::{ClientOrderId, ExecutorType, StrategyKey};
use crate::money::{Decimal, Price, Quantity};

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExecutionEvent {
    /// An executor took the run up.
    ExecutionOpened {
        strategy_key: StrategyKey,
        run: u32,
        executor_type: ExecutorType,
        /// Trades an imported volume strategy had done before.
        executed_trades: u32,
        /// How the exchanges that the run may use are traded on, where that is not on paper. Runs
        /// from before this was recorded are all on paper.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        trading: BTreeMap<String, Trading>,
        opened_at: DateTime<Utc>,
    },
    /// The run was found again after its process ended, and goes on.
    ExecutionResumed {
        open_orders: u32,
        resumed_at: DateTime<Utc>,
    },
    /// An order was decided. Recorded before the venue hears of it.
    OrderIntended(OrderIntent),
    /// The venue has the order.
    OrderAcknowledged {
        client_order_id: ClientOrderId,
        venue_order_id: String,
        acknowledged_at: DateTime<Utc>,
    },
    /// The venue refused the order, or never got it.
    OrderRejected {
        client_order_id: ClientOrderId,
        reason: String,
        rejected_at: DateTime<Utc>,
    },
    /// A cancellation was decided. Recorded before the venue hears of it.
    CancelIntended {
        client_order_id: ClientOrderId,
        reason: String,
        tick_at: DateTime<Utc>,
    },
    /// The order is off the venue's book.
    OrderCancelled {
        client_order_id: ClientOrderId,
        cancelled_at: DateTime<Utc>,
    },
    /// Some or all of an order traded.
    OrderFilled(Fill),
    /// A tick decided nothing, or left a side out; recorded when the reason changes.
    TickSkipped {
        reason: String,
        tick_at: DateTime<Utc>,
    },
    /// A decision measured the bounds that hold for a while from then on.
    PriceBandMeasured(PriceBand),
    /// The market gives another price for what is held, though nothing was traded.
    PositionMarked {
        exchange: String,
        pair: String,
        price: Price,
        marked_at: DateTime<Utc>,
    },
    /// No order of the run is left at the venue; nothing more will happen.
    ExecutionClosed {
        reason: String,
        closed_at: DateTime<Utc>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Buy,
    Sell,
}

impl Side {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Sell => "sell",
        }
    }

    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }
}

/// An order as decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderIntent {
    pub client_order_id: ClientOrderId,
    /// What the order is for: `mm-layer-1-buy`, `arb-a-buy`, `volume-3`.
    pub slot: String,
    pub exchange: String,
    pub pair: String,
    pub side: Side,
    pub price: Price,
    pub quantity: Quantity,
    /// The venue must refuse it rather than let it take liquidity.
    pub post_only: bool,
    /// The trades counted so far, with this one, for executors that count.
    pub executed_trades: Option<u32>,
    pub basis: DecisionBasis,
    pub tick_at: DateTime<Utc>,
    /// On the first order of a decision, since this is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Box<Seen>>,
}

/// What the decision was taken on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionBasis {
    pub reference_price: Decimal,
    /// Named market inputs: `binance.bid`, `mexc.ask`.
    pub inputs: BTreeMap<String, Decimal>,
}

/// A trade of one of our orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    pub client_order_id: ClientOrderId,
    /// The venue's id of the trade: the same fill reported twice counts once.
    pub fill_id: String,
    pub price: Price,
    pub quantity: Quantity,
    pub fee: Decimal,
    pub fee_currency: String,
    pub filled_at: DateTime<Utc>,
}

domain_event!(ExecutionEvent {
    ExecutionOpened => "1.0",
    ExecutionResumed => "1.0",
    OrderIntended => "1.0",
    OrderAcknowledged => "1.0",
    OrderRejected => "1.0",
    CancelIntended => "1.0",
    OrderCancelled => "1.0",
    OrderFilled => "1.0",
    TickSkipped => "1.0",
    PriceBandMeasured => "1.0",
    PositionMarked => "1.0",
    ExecutionClosed => "1.0",
});

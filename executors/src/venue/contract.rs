//! What Strategos asks of an exchange, and the answers it must be able to give.
//!
//! Every call may leave its caller without an answer. That is said as `Unknown`, never guessed:
//! the runtime then asks for the order by its client order id until the venue tells.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use strategies::{Book, Ticker, TradingRules};

use super::replacement::Replaces;

/// One exchange. Orders are named by client order ids, so repeating a request is harmless.
#[async_trait]
pub trait Venue: std::fmt::Debug + Send + Sync {
    /// Placing an order the venue already has changes nothing and gives the first answer again.
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer;

    /// Takes an order off the book; an order that is finished already answers with its end.
    async fn cancel(&self, pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer;

    async fn order(&self, pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer;

    /// Where it puts orders in the place of others in one request.
    fn replacing(&self) -> Option<&dyn Replaces> {
        None
    }

    /// Our trades after `cursor`, oldest first. Without a cursor: none, and where "now" is.
    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError>;

    /// What the account has of a pair's two currencies.
    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError>;

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError>;

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError>;

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError>;

    /// How long to wait between two readings of [`Self::fills_since`].
    fn pause_between_readings(&self) -> TimeDelta {
        TimeDelta::zero()
    }

    /// Whether it has a market, where that is known without asking.
    fn lists(&self, _pair: &str) -> Option<bool> {
        None
    }
}

/// A limit order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderRequest {
    pub client_order_id: ClientOrderId,
    pub pair: String,
    pub side: Side,
    pub price: Price,
    pub quantity: Quantity,
    /// Refuse it rather than let it take liquidity.
    pub post_only: bool,
    pub time_in_force: TimeInForce,
}

/// What becomes of an order that does not trade at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeInForce {
    /// It rests in the book until it trades or is cancelled.
    GoodTilCancelled,
    /// It takes what is there within its limit; the rest is cancelled in the same moment.
    ImmediateOrCancel,
}

#[derive(Debug, Clone, PartialEq)]
pub enum PlaceAnswer {
    Acknowledged {
        venue_order_id: String,
        at: DateTime<Utc>,
    },
    /// The venue has no such order and never will.
    Rejected { reason: String },
    /// The venue may or may not have the order.
    Unknown { reason: String },
}

#[derive(Debug, Clone, PartialEq)]
pub enum OrderAnswer {
    Known(OrderReport),
    /// The venue answered, and has no such order.
    NotFound,
    /// The venue did not answer.
    Unknown {
        reason: String,
    },
}

/// Everything a venue knows of one order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderReport {
    pub venue_order_id: String,
    pub placed_at: DateTime<Utc>,
    pub state: ReportedState,
    /// All of its trades so far, oldest first.
    pub fills: Vec<Fill>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportedState {
    Open,
    Filled,
    Cancelled { at: DateTime<Utc> },
}

/// Where a reader of a venue's trades stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FillCursor(pub i64);

#[derive(Debug, Clone, PartialEq)]
pub struct FillPage {
    pub fills: Vec<Fill>,
    pub cursor: FillCursor,
}

/// What an account has of one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    pub total: Decimal,
    /// The part of it that open orders may still use.
    pub reserved: Decimal,
}

/// What an account has of the two currencies of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct PairBalances {
    pub base: Balance,
    pub quote: Balance,
}

impl Balance {
    /// What a new order may use.
    pub fn free(&self) -> Decimal {
        &self.total - &self.reserved
    }
}

/// Why a venue could not answer a question.
#[derive(Debug, thiserror::Error)]
pub enum VenueError {
    /// Nothing is known of this pair there.
    #[error("{exchange} has no market {pair}")]
    UnknownPair { exchange: String, pair: String },
    /// A retry may succeed.
    #[error("{exchange} did not answer")]
    Unavailable {
        exchange: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl VenueError {
    pub fn unavailable(
        exchange: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Unavailable {
            exchange: exchange.into(),
            source: source.into(),
        }
    }
}

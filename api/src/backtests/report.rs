//! What a backtest found.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::execution::Side;
use domain::money::Decimal;

/// Amounts are in the quote currency unless they say otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestReport {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub step_seconds: f64,
    pub profit: Decimal,
    pub realised: Decimal,
    pub unrealised: Decimal,
    pub fees: Decimal,
    /// By coin.
    pub other_fees: BTreeMap<String, Decimal>,
    pub volume: Decimal,
    pub max_drawdown: Decimal,
    pub both_sides_quoted: Option<f64>,
    pub orders: BacktestOrders,
    pub markets: Vec<BacktestMarket>,
    /// Reasons, and how often each began.
    pub skipped: BTreeMap<String, u64>,
    pub ended_early: Option<String>,
    pub equity: Vec<BacktestPoint>,
    pub trades: Vec<BacktestTrade>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BacktestOrders {
    pub placed: u64,
    pub rejected: u64,
    pub cancelled: u64,
    pub filled: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BacktestMarket {
    pub exchange: String,
    pub pair: String,
    pub last_price: Decimal,
    pub trades: u64,
    pub bought: Decimal,
    pub sold: Decimal,
    pub inventory: Decimal,
    pub largest_inventory: Decimal,
    pub profit: Decimal,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BacktestPoint {
    pub at: DateTime<Utc>,
    pub profit: Decimal,
    pub price: Decimal,
    pub inventory: Decimal,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BacktestTrade {
    pub at: DateTime<Utc>,
    pub exchange: String,
    pub pair: String,
    pub side: Side,
    pub price: Decimal,
    pub quantity: Decimal,
}

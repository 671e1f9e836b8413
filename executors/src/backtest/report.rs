//! What a backtest found.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::execution::Side;
use domain::money::Decimal;
use serde::Serialize;

/// Amounts are in the quote currency unless they say otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BacktestReport {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub step_seconds: f64,
    /// After fees, with what is held at the last price.
    pub profit: Decimal,
    /// Of what was closed, before fees.
    pub realised: Decimal,
    pub unrealised: Decimal,
    pub fees: Decimal,
    /// Paid in other coins, by coin; no part of the profit.
    pub other_fees: BTreeMap<String, Decimal>,
    pub volume: Decimal,
    /// The deepest fall of the profit from its highest point until then.
    pub max_drawdown: Decimal,
    /// The part of the time, from the first order on, with orders on both sides.
    pub both_sides_quoted: Option<f64>,
    pub orders: Orders,
    pub markets: Vec<Market>,
    /// Why ticks decided nothing or left something out, and how often that began.
    pub skipped: BTreeMap<String, u64>,
    /// Why it ended before the data did.
    pub ended_early: Option<String>,
    pub equity: Vec<EquityPoint>,
    pub trades: Vec<Trade>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Orders {
    pub placed: u64,
    pub rejected: u64,
    pub cancelled: u64,
    /// Orders of which something traded.
    pub filled: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Market {
    pub exchange: String,
    pub pair: String,
    pub last_price: Decimal,
    pub trades: u64,
    /// In base currency.
    pub bought: Decimal,
    pub sold: Decimal,
    pub inventory: Decimal,
    /// The largest inventory, long or short, that was held.
    pub largest_inventory: Decimal,
    pub profit: Decimal,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EquityPoint {
    pub at: DateTime<Utc>,
    pub profit: Decimal,
    /// Of the first market.
    pub price: Decimal,
    pub inventory: Decimal,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trade {
    pub at: DateTime<Utc>,
    pub exchange: String,
    pub pair: String,
    pub side: Side,
    pub price: Decimal,
    pub quantity: Decimal,
}

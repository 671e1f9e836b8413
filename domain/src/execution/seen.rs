//! What a decision saw, so that it can be taken again.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::money::Decimal;

/// Stored forever: add optional fields, never rename or remove any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The stream's version then: all that the run knew of itself is folded from the events up to it.
    pub version: u64,
    /// The decision only completed the one before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refill: bool,
    /// It was taken on what would be left once the orders that were being cancelled then were gone,
    /// and its orders were sent only when they were.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaces: bool,
    /// When the markets were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<DateTime<Utc>>,
    pub markets: Vec<SeenMarket>,
}

/// One pair at one venue. What could not be read is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMarket {
    pub exchange: String,
    pub pair: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub book: Option<SeenBook>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticker: Option<SeenTicker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<SeenRules>,
}

/// Each side best price first: prices with their quantities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenBook {
    pub bids: Vec<(Decimal, Decimal)>,
    pub asks: Vec<(Decimal, Decimal)>,
    /// When the venue had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenTicker {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bid: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<Decimal>,
}

/// What the venue accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenRules {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tick: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_digits: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity_digits: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_quantity: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_notional: Option<Decimal>,
}

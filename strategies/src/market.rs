//! What a decision sees of the venues.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::money::{Decimal, Price, Quantity};

/// One pair at one venue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarketRef {
    pub exchange: String,
    /// As the configuration spells it: `ETH/USDT`.
    pub pair: String,
}

impl MarketRef {
    pub fn new(exchange: impl Into<String>, pair: impl Into<String>) -> Self {
        Self {
            exchange: exchange.into(),
            pair: pair.into(),
        }
    }
}

impl fmt::Display for MarketRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.pair, self.exchange)
    }
}

/// The markets at one moment. A market that could not be read is missing. Books are shared: many
/// instances look at the same one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MarketSnapshot {
    pub books: BTreeMap<MarketRef, Arc<Book>>,
    pub tickers: BTreeMap<MarketRef, Ticker>,
    pub rules: BTreeMap<MarketRef, Arc<TradingRules>>,
}

/// An order book, each side best price first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    pub bids: Vec<Level>,
    pub asks: Vec<Level>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub price: Decimal,
    pub quantity: Decimal,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ticker {
    pub last: Option<Decimal>,
    pub bid: Option<Decimal>,
    pub ask: Option<Decimal>,
}

/// What a venue accepts. `None` means it states nothing, and values stay as computed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TradingRules {
    /// Prices are multiples of it.
    pub tick: Option<Decimal>,
    /// Quantities are multiples of it.
    pub lot: Option<Decimal>,
    pub min_quantity: Option<Decimal>,
    /// In quote currency.
    pub min_notional: Option<Decimal>,
}

impl Book {
    /// The best bid, unless the side is empty or its price is not positive.
    pub fn best_bid(&self) -> Option<&Decimal> {
        best(&self.bids)
    }

    pub fn best_ask(&self) -> Option<&Decimal> {
        best(&self.asks)
    }

    /// `None` unless both sides have a positive price.
    pub fn mid(&self) -> Option<Decimal> {
        (self.best_bid()? + self.best_ask()?).checked_div(&Decimal::from(2))
    }
}

fn best(side: &[Level]) -> Option<&Decimal> {
    side.first()
        .map(|level| &level.price)
        .filter(|price| price.is_positive())
}

impl TradingRules {
    /// Whether `price` and `quantity` are large enough for the venue; the reason when not.
    pub fn check_minimums(&self, price: &Price, quantity: &Quantity) -> Result<(), String> {
        let below = |minimum: &&Decimal, amount: &Decimal| amount < *minimum;
        let minimum = self.min_quantity.as_ref();
        if let Some(minimum) = minimum.filter(|minimum| below(minimum, quantity.amount())) {
            return Err(format!(
                "its quantity is below the venue's minimum {minimum}"
            ));
        }
        let value = price.notional(quantity);
        let minimum = self.min_notional.as_ref();
        if let Some(minimum) = minimum.filter(|minimum| below(minimum, &value)) {
            return Err(format!("its value is below the venue's minimum {minimum}"));
        }
        Ok(())
    }
}

//! What a decision sees of the venues.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
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
    /// When they were read.
    pub read_at: Option<DateTime<Utc>>,
}

/// An order book, each side best price first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    pub bids: Vec<Level>,
    pub asks: Vec<Level>,
    /// When the venue had this book, if it says so.
    pub at: Option<DateTime<Utc>>,
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
    /// Prices have no more significant digits than these.
    pub price_digits: Option<u32>,
    pub quantity_digits: Option<u32>,
    pub min_quantity: Option<Decimal>,
    /// In quote currency.
    pub min_notional: Option<Decimal>,
}

impl MarketSnapshot {
    /// How old the oldest of it is; nothing where nobody knows.
    pub fn age(&self, now: DateTime<Utc>) -> TimeDelta {
        let books = self.books.values().filter_map(|book| book.at);
        let oldest = books.chain(self.read_at).min();
        oldest.map_or_else(TimeDelta::zero, |oldest| now - oldest)
    }
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

/// The fixed step, or the last of so many significant digits where that is coarser.
fn coarser<'a>(
    step: Option<&'a Decimal>,
    digits: Option<u32>,
    value: &Decimal,
) -> Option<Cow<'a, Decimal>> {
    let last_digit = digits
        .filter(|_| value.is_positive())
        .and_then(|digits| power_of_ten(digits_before_point(value) - i64::from(digits)));
    step.map(Cow::Borrowed).max(last_digit.map(Cow::Owned))
}

/// The smallest exponent whose power of ten is not below `value`.
fn digits_before_point(value: &Decimal) -> i64 {
    const FARTHEST: i64 = 60;
    let reaches = |exponent: &i64| power_of_ten(*exponent).is_some_and(|power| power >= *value);
    let exponent = if *value > Decimal::one() {
        (0..=FARTHEST).find(reaches)
    } else {
        (-FARTHEST..=0).rev().take_while(reaches).last()
    };
    exponent.unwrap_or(FARTHEST)
}

fn power_of_ten(exponent: i64) -> Option<Decimal> {
    format!("1e{exponent}").parse().ok()
}

fn best(side: &[Level]) -> Option<&Decimal> {
    side.first()
        .map(|level| &level.price)
        .filter(|price| price.is_positive())
}

impl TradingRules {
    /// The step between valid prices around `price`.
    pub fn tick_at(&self, price: &Decimal) -> Option<Cow<'_, Decimal>> {
        coarser(self.tick.as_ref(), self.price_digits, price)
    }

    /// The step between valid quantities around `quantity`.
    pub fn lot_at(&self, quantity: &Decimal) -> Option<Cow<'_, Decimal>> {
        coarser(self.lot.as_ref(), self.quantity_digits, quantity)
    }

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

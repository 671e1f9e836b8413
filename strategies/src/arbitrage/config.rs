//! An arbitrage's configuration.

use std::time::Duration;

use chrono::TimeDelta;
use domain::config::Violation;
use domain::money::Decimal;
use serde_json::{Map, Value};

use super::hedge::HEDGE;
use crate::config_reader::{ConfigReader, cadence};
use crate::{MarketRef, OnRestart};

const DEFAULT_INTERVAL_SECONDS: i64 = 10;
const DEFAULT_MAX_OPEN_ORDERS: i64 = 1;
const DEFAULT_LEG_TIMEOUT_SECONDS: i64 = 60;
/// A hedge takes what is in the book; when it has not traded by then, the book has moved.
const HEDGE_PATIENCE: TimeDelta = TimeDelta::seconds(5);
/// A difference below this part of the traded amount is left until more has come together: fees
/// taken in base currency make one at every trade.
const SMALL_PART: i64 = 100;

const MOST_DOUBLINGS: u32 = 10;
/// Unless the books are compared less often than that.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);

#[derive(Debug)]
pub(super) struct ArbitrageConfig {
    pub(super) venue_a: ArbitrageVenue,
    pub(super) venue_b: ArbitrageVenue,
    pub(super) amount: Decimal,
    /// A fraction of what the bought amount costs.
    pub(super) min_profitability: Decimal,
    pub(super) formula: Formula,
    pub(super) cadence: Duration,
    /// No new pair of orders while this many are live.
    pub(super) max_open_orders: Decimal,
    /// How long a leg may rest.
    pub(super) leg_timeout: TimeDelta,
    pub(super) on_restart: OnRestart,
}

/// How fees enter the profitability, and what reaches the minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Formula {
    /// Proceeds after fees over cost with fees; the minimum itself is enough.
    OfCost,
    /// The prices' difference over the buy price, less both fees in base currency at the buy
    /// venue's mid price; strictly more than the minimum. As other engines count.
    OfPrice,
}

#[derive(Debug)]
pub(super) struct ArbitrageVenue {
    pub(super) market: MarketRef,
    /// In slots: `arb-a-buy`.
    pub(super) letter: char,
    /// What the venue takes of a trade, as a fraction of its value.
    pub(super) fee_rate: Decimal,
}

impl ArbitrageConfig {
    pub(super) fn read(config: &Map<String, Value>) -> Result<Self, Vec<Violation>> {
        let mut reader = ConfigReader::new(config);
        let pair = reader.required_text("pair");
        let amount = reader.required_number("amountToTrade");
        let min_profitability = reader.required_number("minProfitability");
        let venue_a = ArbitrageVenue::read(&mut reader, 'a', &pair);
        let venue_b = ArbitrageVenue::read(&mut reader, 'b', &pair);
        let interval = Decimal::from(DEFAULT_INTERVAL_SECONDS);
        let interval = reader.nonzero_number_or("checkIntervalSeconds", interval);
        let max_open_orders = Decimal::from(DEFAULT_MAX_OPEN_ORDERS);
        let leg_timeout = Decimal::from(DEFAULT_LEG_TIMEOUT_SECONDS);
        let leg_timeout = reader.nonzero_number_or("legTimeoutSeconds", leg_timeout);
        let formulas = [("of_cost", Formula::OfCost), ("of_price", Formula::OfPrice)];
        let formula = reader.choice("profitabilityFormula", &formulas);
        let read = Self {
            venue_a,
            venue_b,
            amount,
            min_profitability,
            formula: formula.unwrap_or(Formula::OfCost),
            cadence: cadence(&(&interval * &Decimal::from(1_000))),
            max_open_orders: reader.nonzero_number_or("maxOpenOrders", max_open_orders),
            leg_timeout: seconds(&leg_timeout),
            on_restart: OnRestart::read(&mut reader),
        };
        reader.finish(read)
    }

    /// How long an order may rest.
    pub(super) fn patience(&self, slot: &str) -> TimeDelta {
        if slot.contains(HEDGE) {
            HEDGE_PATIENCE
        } else {
            self.leg_timeout
        }
    }

    /// How long no pair begins after so many refusals in a row: twice the interval, and twice as long
    /// with each more.
    pub(super) fn pause(&self, refusals: u32) -> TimeDelta {
        let interval = TimeDelta::from_std(self.cadence).unwrap_or(LONGEST_PAUSE);
        let doubled = interval * 2_i32.pow(refusals.min(MOST_DOUBLINGS));
        doubled.min(LONGEST_PAUSE.max(interval))
    }

    pub(super) fn is_small(&self, difference: &Decimal) -> bool {
        &difference.abs() * &Decimal::from(SMALL_PART) < self.amount
    }
}

/// At least one.
fn seconds(number: &Decimal) -> TimeDelta {
    let duration = cadence(&(number * &Decimal::from(1_000)));
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

impl ArbitrageVenue {
    fn read(reader: &mut ConfigReader<'_>, letter: char, pair: &str) -> Self {
        let name = letter.to_ascii_uppercase();
        let exchange = reader.required_text(&format!("exchange{name}Name"));
        let fee_rate = reader.optional_number(&format!("exchange{name}FeeRate"));
        Self {
            market: MarketRef::new(exchange, pair),
            letter,
            fee_rate: fee_rate.unwrap_or_else(Decimal::zero),
        }
    }
}

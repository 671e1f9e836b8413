//! How the pretend exchanges treat orders.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::money::Decimal;

#[derive(Debug, Clone, PartialEq)]
pub struct PaperSettings {
    /// Taken of the value of a trade with a resting order, as a fraction.
    pub maker_fee: Decimal,
    /// Taken of the value of a trade that took liquidity, as a fraction.
    pub taker_fee: Decimal,
    /// How long an order travels before anything can trade with it.
    pub latency: TimeDelta,
    /// Which part of the traded volume comes to an order whose price was reached but not passed.
    pub touch_share: Decimal,
    /// Whose orders these are; each account has balances of its own.
    pub account: String,
    pub starting_balances: StartingBalances,
}

/// What an account has of each currency before its first order, at each exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct StartingBalances {
    pub named: BTreeMap<String, Decimal>,
    /// Of every currency that is not named.
    pub others: Decimal,
}

impl Default for PaperSettings {
    fn default() -> Self {
        let thousandth = fraction(1, 1000);
        Self {
            maker_fee: thousandth.clone(),
            taker_fee: thousandth,
            latency: TimeDelta::milliseconds(50),
            touch_share: fraction(1, 4),
            account: "main".to_owned(),
            starting_balances: StartingBalances::default(),
        }
    }
}

impl Default for StartingBalances {
    /// So much that only somebody who looks for the limit finds it.
    fn default() -> Self {
        Self {
            named: BTreeMap::new(),
            others: Decimal::from(1_000_000_000),
        }
    }
}

impl StartingBalances {
    pub(super) fn of(&self, currency: &str) -> &Decimal {
        self.named.get(currency).unwrap_or(&self.others)
    }
}

impl PaperSettings {
    /// The most that can be taken of a trade's value.
    pub(super) fn highest_fee(&self) -> Decimal {
        let fees = [&self.maker_fee, &self.taker_fee];
        fees.into_iter()
            .fold(Decimal::zero(), |highest, fee| highest.max(fee.clone()))
    }
}

fn fraction(numerator: i64, denominator: i64) -> Decimal {
    Decimal::from(numerator)
        .checked_div(&Decimal::from(denominator))
        .unwrap_or_else(Decimal::zero)
}

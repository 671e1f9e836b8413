//! How the pretend exchanges treat orders.

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
}

impl Default for PaperSettings {
    fn default() -> Self {
        let thousandth = fraction(1, 1000);
        Self {
            maker_fee: thousandth.clone(),
            taker_fee: thousandth,
            latency: TimeDelta::milliseconds(50),
            touch_share: fraction(1, 4),
        }
    }
}

fn fraction(numerator: i64, denominator: i64) -> Decimal {
    Decimal::from(numerator)
        .checked_div(&Decimal::from(denominator))
        .unwrap_or_else(Decimal::zero)
}

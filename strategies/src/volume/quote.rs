//! What the n-th trade would be.

use domain::execution::Side;
use domain::money::Decimal;

use super::config::VolumeConfig;

/// Buys on even counts when the configuration names no side.
pub(super) fn side(config: &VolumeConfig, trade: u32) -> Side {
    let alternating = if trade.is_multiple_of(2) {
        Side::Buy
    } else {
        Side::Sell
    };
    config.side.unwrap_or(alternating)
}

/// The push is linear in the number of trades, and upwards on both sides.
pub(super) fn price(config: &VolumeConfig, side: Side, trade: u32, mid: &Decimal) -> Decimal {
    let push = &percent(&config.push_percent) * &Decimal::from(i64::from(trade));
    let base = mid * &(&Decimal::one() + &push);
    let increment = percent(&config.increment_percent);
    let factor = match side {
        Side::Buy => &Decimal::one() - &increment,
        Side::Sell => &Decimal::one() + &increment,
    };
    &base * &factor
}

fn percent(number: &Decimal) -> Decimal {
    let fraction = number.checked_div(&Decimal::from(100));
    fraction.unwrap_or_else(Decimal::zero)
}

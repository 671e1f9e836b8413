//! What no order may exceed.

use chrono::TimeDelta;
use domain::money::Decimal;
use executors::GateLimits;

use super::document::Risk;
use super::values::amount;
use super::{ConfigError, refuse};

/// A day: what is older is no market.
const LONGEST_AGE_MS: u64 = 86_400_000;

pub(super) fn limits(risk: &Risk) -> Result<GateLimits, ConfigError> {
    if risk.market_age_ms > LONGEST_AGE_MS {
        return refuse(
            "risk.market_age_ms",
            risk.market_age_ms.to_string(),
            "write the milliseconds after which prices are too old to trade on, up to 86400000",
        );
    }
    Ok(GateLimits {
        order_notional: amount("risk.order_notional", &risk.order_notional)?,
        position_notional: amount("risk.position_notional", &risk.position_notional)?,
        price_distance_bps: risk.price_distance_bps,
        market_age: TimeDelta::milliseconds(risk.market_age_ms.cast_signed()),
        run_loss: loss("risk.run_loss", &risk.run_loss)?,
        run_drawdown: loss("risk.run_drawdown", &risk.run_drawdown)?,
        live_orders: risk.live_orders,
        orders_per_minute: risk.orders_per_minute,
        ..GateLimits::default()
    })
}

fn loss(key: &'static str, text: &str) -> Result<Option<Decimal>, ConfigError> {
    if text.is_empty() {
        return Ok(None);
    }
    let limit = amount(key, text)?;
    if limit.is_zero() {
        return refuse(
            key,
            text,
            "write what a run may lose, above zero, or leave it empty for no limit",
        );
    }
    Ok(Some(limit))
}

//! The reference's configuration in ours.
//!
//! Two things are not one to one. The reference's fixed bounds exclude a side *at* the bound, ours
//! beyond it, as the original's did: a bound is moved by less than any price's last digit. And the
//! reference sends optimised levels with digits beyond the tick, which its venue has to round: that
//! is `priceRounding: down_at_venue`.

use std::sync::Arc;

use domain::ids::ExecutorType;
use domain::money::Decimal;
use serde_json::{Map, Value, json};
use strategies::{MarketRef, Strategist, TradingRules, built_in_strategies};

use crate::cases::decimal;

pub(crate) fn market() -> MarketRef {
    MarketRef::new("venue", "COIN/USD")
}

pub(crate) fn strategist(case: &Value, replacement: &str) -> Box<dyn Strategist> {
    let wanted = ExecutorType::new("pureMarketMaking");
    let strategies = built_in_strategies();
    let strategy = strategies.iter().find(|one| one.executor_type() == wanted);
    let config = config(case, replacement);
    let strategy = strategy.unwrap();
    let strategist = strategy.validate_config(&config, &["venue".to_owned()]);
    strategist.unwrap_or_else(|violations| panic!("{config:?}: {violations:?}"))
}

fn config(case: &Value, replacement: &str) -> Map<String, Value> {
    let theirs = &case["config"];
    let text = |number: Decimal| Value::String(number.to_string());
    let number = |field: &str, default: &str| match &theirs[field] {
        Value::Null => default.parse().unwrap(),
        value => decimal(value),
    };
    let times = |field: &str, default: &str, by: i64| text(&number(field, default) * &by.into());
    let beyond = |field: &str, by: &str| match &theirs[field] {
        Value::Null => Value::Null,
        value => text(&decimal(value) + &by.parse().unwrap()),
    };
    let minimum_spread = number("minimum_spread", "-1");
    let band = &theirs["moving_band"];
    let config = json!({
        "pair": market().pair, "exchangeName": market().exchange, "priceSourceType": "mid_price",
        "priceRounding": "down_at_venue", "orderReplacement": replacement, "takeIfCrossed": false,
        "bidSpread": theirs["bid_spread"], "askSpread": theirs["ask_spread"],
        "orderAmount": theirs["order_amount"],
        "orderRefreshTime": times("order_refresh_time", "30", 1_000),
        "filledOrderDelay": times("filled_order_delay", "60", 1_000),
        "orderRefreshTolerancePct": times("order_refresh_tolerance_pct", "-1", 100),
        "minimumSpread": if minimum_spread == Decimal::from(-1) { Value::Null }
            else { text(minimum_spread) },
        "numberOfLayers": text(number("order_levels", "1")),
        "levelSpread": text(number("order_level_spread", "0")),
        "amountChangePerLayer": text(number("order_level_amount", "0")),
        "amountChangeType": "fixed",
        "ceilingPrice": beyond("price_ceiling", "-1e-12"),
        "floorPrice": beyond("price_floor", "1e-12"),
        "orderOptimizationEnabled": theirs["order_optimization_enabled"],
        "bidOrderOptimizationDepth": theirs["bid_order_optimization_depth"],
        "askOrderOptimizationDepth": theirs["ask_order_optimization_depth"],
        "addTransactionCosts": theirs["add_transaction_costs_to_orders"],
        "makerFeeRate": case["maker_fee"],
        "inventorySkewEnabled": theirs["inventory_skew_enabled"],
        "inventoryTargetBasePct": times("inventory_target_base_pct", "0.5", 100),
        "inventoryRangeMultiplier": theirs["inventory_range_multiplier"],
        "baseBudget": case["base_balance"], "quoteBudget": case["quote_balance"],
        "pingPongEnabled": theirs["ping_pong_enabled"],
        "movingPriceBandEnabled": band.is_object(),
        "priceFloorPct": band["floor_pct"], "priceCeilingPct": band["ceiling_pct"],
        "priceBandRefreshTime": match &band["refresh"] {
            Value::Null => Value::Null,
            seconds => text(&decimal(seconds) * &1_000.into()),
        },
        "hangingOrdersCancelPct": if theirs["hanging_orders_enabled"] == json!(true) {
            times("hanging_orders_cancel_pct", "0.1", 100)
        } else { Value::Null },
        "maxOrderAge": 1_800_000,
    });
    config.as_object().unwrap().clone()
}

/// Precision and decimals of prices, then of sizes.
pub(crate) fn rules(case: &Value) -> Arc<TradingRules> {
    let part = |index: usize| case["quantization"][index].as_u64().unwrap();
    let step = |decimals: u64| Some(format!("1e-{decimals}").parse().unwrap());
    Arc::new(TradingRules {
        tick: step(part(1)),
        price_digits: Some(u32::try_from(part(0)).unwrap()),
        lot: step(part(3)),
        quantity_digits: Some(u32::try_from(part(2)).unwrap()),
        ..TradingRules::default()
    })
}

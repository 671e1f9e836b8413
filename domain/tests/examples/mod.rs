//! The definitions, runs and orders that tests are about.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::ExecutorCatalogue;
use domain::config::Violation;
use domain::definition::DefinitionContent;
use domain::execution::{DecisionBasis, OrderIntent, Side};
use domain::ids::{ClientId, ClientOrderId, DefinitionId, ExecutorType, StrategyKey, UserId};
use domain::instance::LaunchPlan;
use domain::money::{Price, Quantity};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// So many seconds after the tests' first moment.
pub(crate) fn at(second: u32) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + chrono::Duration::seconds(1_763_800_000 + i64::from(second))
}

pub(crate) fn definition_id(number: u8) -> DefinitionId {
    DefinitionId(Uuid::from_u128(u128::from(number)))
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    serde_json::from_value(value).unwrap()
}

/// Knows the three built-ins; refuses the exchange `nowhere`.
pub(crate) fn catalogue() -> Arc<dyn ExecutorCatalogue> {
    Arc::new(BuiltIns)
}

#[derive(Debug)]
struct BuiltIns;

impl ExecutorCatalogue for BuiltIns {
    fn executor_types(&self) -> Vec<ExecutorType> {
        ["arbitrage", "pureMarketMaking", "volume"]
            .map(ExecutorType::new)
            .to_vec()
    }

    fn validate_config(&self, _: &ExecutorType, config: &Map<String, Value>) -> Vec<Violation> {
        let nowhere = config
            .get("exchangeName")
            .is_some_and(|name| name == "nowhere");
        let violation = Violation::new("/exchangeName", "executor", "Exchange nowhere is unknown");
        nowhere.then_some(violation).into_iter().collect()
    }
}

/// A pure-market-making definition.
pub(crate) fn content() -> DefinitionContent {
    DefinitionContent {
        name: "Market Making".to_owned(),
        description: Some("Quotes both sides.".to_owned()),
        executor_type: ExecutorType::new("pureMarketMaking"),
        config_schema: json!({
            "type": "object",
            "required": ["pair", "bidSpread"],
            "properties": {"pair": {"type": "string"}, "bidSpread": {"type": "number", "minimum": 0}},
        }),
        default_config: object(json!({"pair": "BTC/USDT", "bidSpread": 0.1})),
        visibility: "system".to_owned(),
    }
}

/// What a start by user `u` for client `c` without a definition runs.
pub(crate) fn plan() -> LaunchPlan {
    let (user_id, client_id) = (UserId::new("u"), ClientId::new("c"));
    LaunchPlan {
        strategy_key: StrategyKey::of(&user_id, &client_id, "arbitrage"),
        user_id,
        client_id,
        strategy_type: "arbitrage".to_owned(),
        executor_type: ExecutorType::new("arbitrage"),
        definition: None,
        config: object(json!({"pair": "BTC/USDT", "userId": "u", "clientId": "c"})),
        market_making_order_id: None,
    }
}

/// Buys or sells so much at 100.
pub(crate) fn intent(order: &str, side: Side, quantity: i64) -> OrderIntent {
    OrderIntent {
        client_order_id: ClientOrderId::new(order),
        slot: format!("mm-layer-1-{}", side.as_str()),
        exchange: "binance".to_owned(),
        pair: "BTC/USDT".to_owned(),
        side,
        price: Price::try_new(100.into()).unwrap(),
        quantity: Quantity::try_new(quantity.into()).unwrap(),
        post_only: true,
        executed_trades: None,
        basis: DecisionBasis {
            reference_price: 100.into(),
            inputs: [("binance.bid".to_owned(), 99.into())].into(),
        },
        tick_at: at(1),
        seen: None,
    }
}

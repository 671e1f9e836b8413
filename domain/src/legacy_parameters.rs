//! How the original stored and showed a configuration (`strategy_instances.parameters`), and back.

use serde_json::{Map, Value};

use crate::config::{PURE_MARKET_MAKING, VOLUME};
use crate::ids::ExecutorType;

const ARBITRAGE: &str = "arbitrage";
/// What pure market making was called at first.
pub(crate) const MARKET_MAKING: &str = "marketMaking";

/// What an arbitrage stored when its caller left the member out.
const ARBITRAGE_DEFAULTS: [(&str, i64); 2] = [("checkIntervalSeconds", 10), ("maxOpenOrders", 1)];

/// A volume strategy's stored members, in stored order: the name executors use, the stored name.
const VOLUME_MEMBERS: [(&str, &str); 10] = [
    ("exchangeName", "exchangeName"),
    ("symbol", "symbol"),
    ("incrementPercentage", "baseIncrementPercentage"),
    ("intervalTime", "baseIntervalTime"),
    ("tradeAmount", "baseTradeAmount"),
    ("numTrades", "numTrades"),
    ("userId", "userId"),
    ("clientId", "clientId"),
    ("pricePushRate", "pricePushRate"),
    ("postOnlySide", "postOnlySide"),
];

/// Stored after the counter, when the caller sent them.
const VOLUME_VENUE_MEMBERS: [&str; 9] = [
    "executionCategory",
    "executionVenue",
    "dexId",
    "chainId",
    "tokenIn",
    "tokenOut",
    "feeTier",
    "slippageBps",
    "recipient",
];

const EXECUTED_TRADES: &str = "executedTrades";

/// The executor of a `strategyType` the original stored; `None` when nothing here runs it.
pub fn executor_type_of(strategy_type: &str) -> Option<ExecutorType> {
    match strategy_type {
        ARBITRAGE | PURE_MARKET_MAKING | VOLUME => Some(ExecutorType::new(strategy_type)),
        MARKET_MAKING => Some(ExecutorType::new(PURE_MARKET_MAKING)),
        _ => None,
    }
}

/// The parameters object that the original would have stored and shown for `config`.
pub fn legacy_parameters(
    executor_type: &ExecutorType,
    config: &Map<String, Value>,
    executed_trades: u32,
) -> Map<String, Value> {
    match executor_type.as_str() {
        VOLUME => volume_parameters(config, executed_trades),
        ARBITRAGE => arbitrage_parameters(config),
        _ => config.clone(),
    }
}

/// The configuration that executors read, from stored parameters in either spelling. Other
/// members keep their names; the trade counter is no configuration and is left out.
pub fn config_from_legacy_parameters(
    strategy_type: &str,
    parameters: &Map<String, Value>,
) -> Map<String, Value> {
    if strategy_type != VOLUME {
        return parameters.clone();
    }
    let mut config = Map::new();
    for (stored, value) in parameters {
        let renamed = VOLUME_MEMBERS.iter().find(|(_, name)| name == stored);
        let name = renamed.map_or(stored.as_str(), |(name, _)| name);
        // Where a row has both spellings, the stored one is what ran
        if name != stored || !config.contains_key(name) {
            config.insert(name.to_owned(), value.clone());
        }
    }
    config.shift_remove(EXECUTED_TRADES);
    config
}

fn volume_parameters(config: &Map<String, Value>, executed_trades: u32) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, stored) in VOLUME_MEMBERS {
        if let Some(value) = config.get(name) {
            parameters.insert(stored.to_owned(), value.clone());
        }
    }
    parameters.insert(EXECUTED_TRADES.to_owned(), Value::from(executed_trades));
    for name in VOLUME_VENUE_MEMBERS {
        if let Some(value) = config.get(name) {
            parameters.insert(name.to_owned(), value.clone());
        }
    }
    parameters
}

fn arbitrage_parameters(config: &Map<String, Value>) -> Map<String, Value> {
    let mut parameters = config.clone();
    for (name, default) in ARBITRAGE_DEFAULTS {
        parameters
            .entry(name)
            .or_insert_with(|| Value::from(default));
    }
    parameters
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(json: Value) -> Map<String, Value> {
        let Value::Object(map) = json else {
            panic!("not an object: {json}")
        };
        map
    }

    fn stored(executor_type: &str, config: Value, executed_trades: u32) -> String {
        let executor_type = ExecutorType::new(executor_type);
        Value::Object(legacy_parameters(
            &executor_type,
            &object(config),
            executed_trades,
        ))
        .to_string()
    }

    #[test]
    fn volume_stored_its_members_under_other_names_and_counted_trades() {
        let config = json!({
            "userId": "u", "clientId": "c", "tradeAmount": 0.001, "exchangeName": "binance",
            "symbol": "BTC/USDT", "incrementPercentage": 0.1, "intervalTime": 10, "numTrades": 5,
            "pricePushRate": 0, "executionCategory": "clob_cex", "note": "not stored",
        });
        assert_eq!(
            stored("volume", config, 3),
            r#"{"exchangeName":"binance","symbol":"BTC/USDT","baseIncrementPercentage":0.1,"baseIntervalTime":10,"baseTradeAmount":0.001,"numTrades":5,"userId":"u","clientId":"c","pricePushRate":0,"executedTrades":3,"executionCategory":"clob_cex"}"#
        );
    }

    #[test]
    fn arbitrage_stored_its_defaults() {
        assert_eq!(
            stored(
                "arbitrage",
                json!({ "pair": "ETH/USDT", "maxOpenOrders": 3 }),
                0
            ),
            r#"{"pair":"ETH/USDT","maxOpenOrders":3,"checkIntervalSeconds":10}"#
        );
    }

    #[test]
    fn market_making_stored_what_it_was_sent() {
        assert_eq!(
            stored(
                "pureMarketMaking",
                json!({ "pair": "ETH/USDT", "unknown": [1] }),
                0
            ),
            r#"{"pair":"ETH/USDT","unknown":[1]}"#
        );
    }

    #[test]
    fn both_spellings_of_volume_become_one_configuration() {
        let expected = object(json!({
            "exchangeName": "binance", "incrementPercentage": 0.1, "intervalTime": 10,
            "tradeAmount": "0.25",
        }));
        for parameters in [
            json!({
                "exchangeName": "binance", "baseIncrementPercentage": 0.1, "baseIntervalTime": 10,
                "baseTradeAmount": "0.25", "executedTrades": 7,
            }),
            json!({
                "exchangeName": "binance", "incrementPercentage": 0.1, "intervalTime": 10,
                "tradeAmount": "0.25",
            }),
            json!({
                "exchangeName": "binance", "baseIncrementPercentage": 0.1,
                "incrementPercentage": 9, "intervalTime": 9, "baseIntervalTime": 10,
                "baseTradeAmount": "0.25",
            }),
        ] {
            let config = config_from_legacy_parameters("volume", &object(parameters));
            assert_eq!(config, expected);
        }
    }

    #[test]
    fn stored_and_read_again_a_configuration_is_the_same() {
        let config = object(json!({
            "exchangeName": "binance", "symbol": "BTC/USDT", "incrementPercentage": 0.1,
            "intervalTime": 10, "tradeAmount": 0.001, "numTrades": 5, "userId": "u",
            "clientId": "c", "pricePushRate": 0, "postOnlySide": "sell",
        }));
        let parameters = legacy_parameters(&ExecutorType::new("volume"), &config, 2);
        assert_eq!(config_from_legacy_parameters("volume", &parameters), config);
    }

    #[test]
    fn the_old_name_of_market_making_is_known_and_indicators_are_not() {
        let executor = |strategy_type| executor_type_of(strategy_type).map(String::from);
        assert_eq!(
            executor("marketMaking").as_deref(),
            Some("pureMarketMaking")
        );
        assert_eq!(executor("volume").as_deref(), Some("volume"));
        assert_eq!(executor("timeIndicator"), None);
    }
}

//! What configurations are read, refused, and how often they run.

use std::time::Duration;

use serde_json::{Map, Value, json};
use strategies::{MarketRef, StartPriceSource, built_in_strategies};

use crate::setup::{object, parsed, strategy, with};

fn venues() -> Vec<String> {
    ["binance", "mexc"].map(str::to_owned).into()
}

fn minimal(executor_type: &str) -> Value {
    match executor_type {
        "arbitrage" => json!({
            "pair": "ETH/USDT", "amountToTrade": 1, "minProfitability": 0.01,
            "exchangeAName": "binance", "exchangeBName": "mexc",
        }),
        "volume" => json!({
            "exchangeName": "binance", "symbol": "ETH/USDT", "incrementPercentage": 0.1,
            "tradeAmount": 1, "numTrades": 3,
        }),
        _ => json!({
            "pair": "ETH/USDT", "exchangeName": "binance", "bidSpread": 0.1, "askSpread": 0.1,
            "orderAmount": 1,
        }),
    }
}

fn messages(executor_type: &str, config: &Map<String, Value>) -> Vec<String> {
    strategy(executor_type)
        .validate_config(config, &venues())
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|violation| format!("{}: {}", violation.pointer, violation.message))
        .collect()
}

#[test]
fn the_whitelist_is_alphabetical() {
    let types: Vec<String> = built_in_strategies()
        .iter()
        .map(|strategy| strategy.executor_type().into())
        .collect();
    assert_eq!(types, ["arbitrage", "pureMarketMaking", "volume"]);
}

#[test]
fn cadences_have_the_originals_defaults_and_lower_bound() {
    for (executor_type, field, cases) in [
        (
            "pureMarketMaking",
            "orderRefreshTime",
            [
                (json!(null), 10_000),
                (json!(0), 1_000),
                (json!("2500"), 2_500),
            ],
        ),
        (
            "arbitrage",
            "checkIntervalSeconds",
            [
                (json!(null), 10_000),
                (json!(0), 10_000),
                (json!(0.2), 1_000),
            ],
        ),
        (
            "volume",
            "intervalTime",
            [
                (json!(null), 10_000),
                (json!("3"), 3_000),
                (json!(-7), 1_000),
            ],
        ),
    ] {
        for (value, milliseconds) in cases {
            let row = format!("{field} {value}");
            let config = with(minimal(executor_type), json!({ field: value }));
            let cadence = parsed(executor_type, &config).cadence();
            assert_eq!(cadence, Duration::from_millis(milliseconds), "{row}");
        }
    }
}

#[test]
fn minimal_configurations_are_valid() {
    for executor_type in ["arbitrage", "pureMarketMaking", "volume"] {
        let config = object(minimal(executor_type));
        assert_eq!(messages(executor_type, &config), Vec::<String>::new());
    }
}

#[test]
fn what_cannot_run_is_refused_at_the_field() {
    for (executor_type, changes, expected) in [
        (
            "pureMarketMaking",
            json!({ "exchangeName": "nowhere", "orderAmount": 0 }),
            vec![
                "/exchangeName: Unknown exchange nowhere. Allowed: binance, mexc",
                "/orderAmount: Config field orderAmount must be > 0",
            ],
        ),
        (
            "pureMarketMaking",
            json!({ "oracleExchangeName": "nowhere", "pair": "ETHUSDT" }),
            vec![
                "/oracleExchangeName: Unknown exchange nowhere. Allowed: binance, mexc",
                "/pair: Config field pair must name two currencies, as in ETH/USDT",
            ],
        ),
        (
            "pureMarketMaking",
            json!({ "priceSourceType": "guess", "numberOfLayers": 101 }),
            vec![
                "/numberOfLayers: Config field numberOfLayers must be <= 100",
                "/priceSourceType: Config field priceSourceType must be one of: \
                 mid_price, best_ask, best_bid, last_price, \
                 last_own_trade, inventory_cost",
            ],
        ),
        (
            "arbitrage",
            json!({ "exchangeBName": "binance" }),
            vec!["/exchangeBName: Config field exchangeBName must differ from exchangeAName"],
        ),
        (
            "arbitrage",
            json!({ "amountToTrade": null }),
            vec!["/amountToTrade: Missing required config field: amountToTrade"],
        ),
        (
            "volume",
            json!({ "executionCategory": "amm_dex", "postOnlySide": "both" }),
            vec![
                "/executionCategory: Unsupported executionCategory amm_dex. Allowed: clob_cex",
                "/postOnlySide: Config field postOnlySide must be one of: buy, sell",
            ],
        ),
        (
            "volume",
            json!({ "executionVenue": "dex" }),
            vec!["/executionCategory: Unsupported executionCategory dex. Allowed: clob_cex"],
        ),
    ] {
        let config = with(minimal(executor_type), changes);
        assert_eq!(messages(executor_type, &config), expected);
    }
}

#[test]
fn stored_configurations_that_place_nothing_can_still_be_read() {
    for (executor_type, changes) in [
        ("pureMarketMaking", json!({ "orderAmount": 0 })),
        ("arbitrage", json!({ "amountToTrade": 0 })),
        ("volume", json!({ "tradeAmount": 0, "numTrades": 0 })),
    ] {
        let config = with(minimal(executor_type), changes);
        assert!(strategy(executor_type).parse(&config).is_ok());
    }
}

#[test]
fn start_prices_come_from_where_the_original_looked() {
    let source = |executor_type: &str, changes: Value| {
        parsed(executor_type, &with(minimal(executor_type), changes)).start_price_source()
    };
    let last_price = |exchange| StartPriceSource::LastPrice(MarketRef::new(exchange, "ETH/USDT"));
    assert_eq!(
        source("volume", json!({})),
        StartPriceSource::MidPrice(MarketRef::new("binance", "ETH/USDT"))
    );
    assert_eq!(source("arbitrage", json!({})), last_price("binance"));
    assert_eq!(source("pureMarketMaking", json!({})), last_price("binance"));
    assert_eq!(
        source("pureMarketMaking", json!({ "oracleExchangeName": "mexc" })),
        last_price("mexc")
    );
}

#[test]
fn a_strategist_names_each_market_it_looks_at_once() {
    let markets = |executor_type: &str, changes: Value| {
        let config = with(minimal(executor_type), changes);
        let markets = parsed(executor_type, &config).markets();
        let names = markets.iter().map(ToString::to_string);
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        markets("pureMarketMaking", json!({})),
        ["ETH/USDT on binance"]
    );
    assert_eq!(
        markets("pureMarketMaking", json!({ "oracleExchangeName": "mexc" })),
        ["ETH/USDT on binance", "ETH/USDT on mexc"]
    );
    assert_eq!(
        markets("arbitrage", json!({})),
        ["ETH/USDT on binance", "ETH/USDT on mexc"]
    );
}

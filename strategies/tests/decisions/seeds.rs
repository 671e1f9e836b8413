//! The seed definitions fit their executors and their own schemas.

use std::collections::BTreeSet;

use domain::config::{ConfigSchema, Violation, schema_findings};
use domain::definition::DefinitionContent;
use serde_json::Value;
use strategies::default_strategy_definitions;

use crate::setup::strategy;

#[test]
fn every_seed_runs_as_it_is() {
    let venues = ["binance", "mexc"].map(str::to_owned);
    let every_version = default_strategy_definitions()
        .into_iter()
        .flat_map(|definition| [definition.content, definition.described.1]);
    for content in every_version {
        let schema = ConfigSchema::compile(&content.config_schema).unwrap();
        let none = Vec::<Violation>::new();
        assert_eq!(
            schema.violations(&content.default_config.clone().into()),
            none
        );
        let strategy = strategy(content.executor_type.as_str());
        let strategist = strategy.validate_config(&content.default_config, &venues);
        assert_eq!(strategist.err(), None);
    }
}

fn properties(content: &DefinitionContent) -> Vec<(&String, &Value)> {
    let properties = content.config_schema["properties"].as_object().unwrap();
    properties.iter().collect()
}

#[test]
fn the_described_versions_explain_every_field_and_keep_the_originals() {
    for definition in default_strategy_definitions() {
        let (version, described) = &definition.described;
        assert_eq!(version.as_str(), "1.100.0");
        assert_explained(&described.config_schema);
        assert_eq!(schema_findings(&described.config_schema), []);
        let known: BTreeSet<_> = properties(described).into_iter().map(|(n, _)| n).collect();
        let content = &definition.content;
        let originals = properties(content).into_iter().map(|(name, _)| name);
        for name in originals.chain(content.default_config.keys()) {
            assert!(known.contains(name), "{name} of {} is lost", definition.key);
        }
        assert_eq!(
            described.config_schema["required"],
            content.config_schema["required"]
        );
    }
}

/// The fields of a list's items too.
fn assert_explained(schema: &Value) {
    for (name, field) in schema["properties"].as_object().unwrap() {
        let measured = ["number", "integer"]
            .iter()
            .any(|kind| field["type"] == *kind);
        let unit = measured.then_some("x-unit");
        for keyword in ["title", "description"].into_iter().chain(unit) {
            let text = field[keyword].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{name} has no {keyword}");
        }
        assert!(field["x-updatable"].is_boolean(), "{name}");
        if field["type"] == "array" {
            assert_explained(&field["items"]);
        }
    }
}

/// A field of the form that the strategy does not read would promise what nothing keeps.
#[test]
fn every_described_field_is_one_that_the_strategy_reads() {
    for definition in default_strategy_definitions() {
        let (_, described) = &definition.described;
        let strategy = strategy(described.executor_type.as_str());
        let venues = ["binance", "mexc"].map(str::to_owned);
        for (name, schema) in properties(described) {
            // Nothing reads it as an object, so whoever reads it at all refuses it
            let mut config = described.default_config.clone();
            config.insert(name.clone(), serde_json::json!({"no": "such value"}));
            let violations = strategy.validate_config(&config, &venues).unwrap_err();
            let at = format!("/{name}");
            assert!(
                violations.iter().any(|v| v.pointer.starts_with(&at)),
                "{name} ({}) of {} is not read: {violations:?}",
                schema["type"],
                definition.key
            );
        }
    }
}

#[test]
fn seeds_are_byte_for_byte_the_contracts() {
    let seeds: Vec<String> = default_strategy_definitions()
        .into_iter()
        .map(|definition| {
            let content = definition.content;
            let config = serde_json::Value::Object(content.default_config);
            format!(
                "{} | {} | {} | {} | {} | {config}",
                definition.key,
                content.name,
                content.executor_type,
                content.visibility,
                content.description.unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seeds,
        [
            "pure-market-making | Pure Market Making | pureMarketMaking | system | Layered maker \
             quotes around a selected price source. | {\"pair\":\"BTC/USDT\",\
             \"exchangeName\":\"binance\",\"bidSpread\":0.1,\"askSpread\":0.1,\
             \"orderAmount\":0.01,\"orderRefreshTime\":15000,\"numberOfLayers\":1,\
             \"priceSourceType\":\"MID_PRICE\",\"amountChangePerLayer\":0,\
             \"amountChangeType\":\"fixed\"}",
            "arbitrage | Arbitrage | arbitrage | system | Cross-exchange arbitrage monitor with \
             profitability threshold. | {\"pair\":\"BTC/USDT\",\"amountToTrade\":0.01,\
             \"minProfitability\":0.002,\"exchangeAName\":\"binance\",\"exchangeBName\":\"mexc\",\
             \"checkIntervalSeconds\":10,\"maxOpenOrders\":1}",
            "volume | Volume | volume | system | Alternating post-only trades to generate \
             controlled volume. | {\"exchangeName\":\"binance\",\"symbol\":\"BTC/USDT\",\
             \"incrementPercentage\":0.1,\"intervalTime\":10,\"tradeAmount\":0.001,\
             \"numTrades\":10,\"pricePushRate\":0,\"postOnlySide\":\"buy\"}",
        ]
    );
}

//! The seed definitions fit their executors and their own schemas.

use domain::config::{ConfigSchema, Violation};
use strategies::default_strategy_definitions;

use crate::setup::strategy;

#[test]
fn every_seed_runs_as_it_is() {
    let venues = ["binance", "mexc"].map(str::to_owned);
    for definition in default_strategy_definitions() {
        let content = definition.content;
        let schema = ConfigSchema::compile(&content.config_schema).unwrap();
        let none = Vec::<Violation>::new();
        assert_eq!(schema.violations(&content.default_config), none);
        let strategy = strategy(content.executor_type.as_str());
        assert_eq!(
            strategy.validate_config(&content.default_config, &venues),
            none
        );
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

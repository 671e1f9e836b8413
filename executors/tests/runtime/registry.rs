//! The whitelist of executors, and the start price.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::ids::ExecutorType;
use executors::venue::{Venue, Venues};
use executors::{StartPriceError, StrategyExecutorRegistry, built_in_executors, start_price};
use serde_json::json;

use crate::support::{World, config, decimal};

#[test]
fn two_executors_of_one_type_are_refused() {
    let twice = built_in_executors().into_iter().chain(built_in_executors());
    let error = StrategyExecutorRegistry::try_new(twice, Vec::<String>::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "two executors are registered for arbitrage"
    );
}

#[tokio::test]
async fn the_built_ins_are_the_whitelist() {
    let registry = World::new().await.registry();
    assert_eq!(registry.allowed(), "arbitrage, pureMarketMaking, volume");
    assert!(!registry.knows(&ExecutorType::new("timeIndicator")));
    let unknown = ExecutorType::new("timeIndicator");
    let violations = registry.validate_config(&unknown, &config("volume", json!({})));
    assert_eq!(violations[0].message, "no executor runs timeIndicator");
}

#[tokio::test]
async fn a_configuration_with_an_unknown_exchange_is_refused() {
    let registry = World::new().await.registry();
    let volume = ExecutorType::new("volume");
    let fine = config("volume", json!({}));
    assert_eq!(registry.validate_config(&volume, &fine), []);
    let elsewhere = config("volume", json!({"exchangeName": "mtgox"}));
    let violations = registry.validate_config(&volume, &elsewhere);
    assert_eq!(violations[0].pointer, "/exchangeName");
}

#[tokio::test]
async fn the_start_price_is_read_where_the_strategy_looks() {
    let world = World::new().await;
    world.mexc.quote("200", "202");
    let exchanges: [Arc<dyn Venue>; 2] = [world.binance.clone(), world.mexc.clone()];
    let names = ["binance".to_owned(), "mexc".to_owned()];
    let venues = Venues::new(names.into_iter().zip(exchanges));
    let registry = world.registry();
    let read = async |executor_type: &str, changes| {
        let config = config(executor_type, changes);
        start_price(
            &registry,
            &venues,
            &ExecutorType::new(executor_type),
            &config,
        )
        .await
    };
    assert_eq!(read("volume", json!({})).await.unwrap(), decimal("100.5"));
    let nowhere = read("volume", json!({"exchangeName": "mtgox"})).await;
    assert_eq!(nowhere.unwrap(), decimal("0"));
    let pmm = read("pureMarketMaking", json!({})).await;
    assert_eq!(pmm.unwrap(), decimal("100.5"));
    let oracle = read("pureMarketMaking", json!({"oracleExchangeName": "mexc"})).await;
    assert_eq!(oracle.unwrap(), decimal("201"));
    let arbitrage = json!({"exchangeAName": "mexc", "exchangeBName": "binance"});
    assert_eq!(read("arbitrage", arbitrage).await.unwrap(), decimal("201"));
    let unknown = read("pureMarketMaking", json!({"exchangeName": "mtgox"})).await;
    assert!(matches!(unknown, Err(StartPriceError::Exchange(_))));
}

//! Arbitrage between two exchanges, in whichever direction pays.

use serde_json::json;

use crate::support::{Script, World, config};

const ARBITRAGE: &str = "arbitrage";

fn one_percent() -> serde_json::Map<String, serde_json::Value> {
    config(
        ARBITRAGE,
        json!({"amountToTrade": 1, "minProfitability": 0.01}),
    )
}

#[tokio::test]
async fn buys_where_it_is_cheap_and_sells_where_it_is_dear() {
    let world = World::new().await;
    world.binance.quote("99", "100");
    world.mexc.quote("102", "103");
    world.start("u", ARBITRAGE, one_percent()).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.binance.open_in_words(), ["buy 100 x 1"]);
    assert_eq!(world.mexc.open_in_words(), ["sell 102 x 1"]);
}

#[tokio::test]
async fn the_other_direction_uses_the_other_books() {
    let world = World::new().await;
    world.binance.quote("100", "101");
    world.mexc.quote("94", "95");
    world.start("u", ARBITRAGE, one_percent()).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.mexc.open_in_words(), ["buy 95 x 1"]);
    assert_eq!(world.binance.open_in_words(), ["sell 100 x 1"]);
}

#[tokio::test]
async fn without_a_gain_nothing_happens_and_the_reason_is_recorded_once() {
    let world = World::new().await;
    let key = world.start("u", ARBITRAGE, one_percent()).await;
    let mut runtime = world.runtime().await;
    for tick in 0..3 {
        world.step(&mut runtime, tick * 10_000).await;
    }
    assert!(world.binance.all().is_empty() && world.mexc.all().is_empty());
    let story = world.story(&key, 1).await;
    let skipped = story.iter().filter(|line| line.starts_with("skipped"));
    assert_eq!(skipped.count(), 1, "{story:?}");
}

#[tokio::test]
async fn a_leg_that_would_trade_with_ourselves_takes_the_other_leg_with_it() {
    let world = World::new().await;
    let pmm = "pureMarketMaking";
    world.binance.quote("100", "100");
    let quotes = json!({"bidSpread": 0.001, "askSpread": 0.001});
    world.start("maker", pmm, config(pmm, quotes)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.binance.open().len(), 2, "99.9 / 100.1");

    // Buying at 100.2 would meet the market maker's own sell at 100.1
    world.binance.quote("100", "100.2");
    world.mexc.quote("105", "106");
    let key = world.start("u", ARBITRAGE, one_percent()).await;
    world.step(&mut runtime, 1000).await;
    assert!(world.mexc.all().is_empty(), "no naked sell");
    let story = world.story(&key, 1).await;
    let reason = "skipped: arb-a-buy: it would trade with a live order of ours";
    assert_eq!(story, ["opened", reason]);
}

#[tokio::test]
async fn one_leg_rejected_is_recorded_and_the_other_kept() {
    let world = World::new().await;
    world.binance.quote("99", "100");
    world.mexc.quote("102", "103");
    world.mexc.next_place(Script::Reject);
    let key = world.start("u", ARBITRAGE, one_percent()).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let story = world.story(&key, 1).await;
    assert!(story.contains(&"rejected: insufficient balance".to_owned()));
    assert_eq!(world.execution(&key, 1).await.live_orders.len(), 1);
}

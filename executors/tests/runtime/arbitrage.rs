//! Arbitrage between two exchanges, in whichever direction pays.

use domain::ids::StrategyKey;
use executors::Runtime;
use serde_json::json;

use crate::support::{Script, World, config, decimal};

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

async fn rejected_leg() -> (World, StrategyKey, Runtime) {
    let world = World::new().await;
    world.binance.quote("99", "100");
    world.mexc.quote("102", "103");
    world.mexc.next_place(Script::Reject);
    let key = world.start("u", ARBITRAGE, one_percent()).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    (world, key, runtime)
}

#[tokio::test]
async fn a_leg_whose_other_leg_was_rejected_is_taken_off_at_once() {
    let (world, key, _runtime) = rejected_leg().await;
    let story = world.story(&key, 1).await;
    assert!(story.contains(&"rejected: insufficient balance".to_owned()));
    assert!(story.contains(&"cancelling: its other leg does not trade".to_owned()));
    assert!(world.execution(&key, 1).await.live_orders.is_empty());
    assert!(world.binance.open().is_empty());
}

#[tokio::test]
async fn what_traded_on_one_side_only_is_closed_where_it_costs_least() {
    let (world, key, mut runtime) = rejected_leg().await;
    // The cancellation came too late: the venue tells of a trade
    let bought = world.binance.all()[0].request.client_order_id.clone();
    world.binance.fill(&bought, "1");
    world.step(&mut runtime, 1000).await;
    world.step(&mut runtime, 2000).await;
    assert_eq!(world.mexc.open_in_words(), ["sell 102 x 1"]);
    let hedge = world.mexc.open()[0].request.client_order_id.clone();
    world.mexc.fill(&hedge, "1");
    world.step(&mut runtime, 3000).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.net_base, Some(decimal("0")));
    assert!(execution.live_orders.is_empty());
}

#[tokio::test]
async fn a_leg_that_rests_too_long_is_finished_at_what_the_market_gives() {
    let world = World::new().await;
    world.binance.quote("99", "100");
    world.mexc.quote("102", "103");
    let config = config(
        ARBITRAGE,
        json!({"amountToTrade": 1, "minProfitability": 0.01, "legTimeoutSeconds": 20}),
    );
    let key = world.start("u", ARBITRAGE, config).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let bought = world.binance.open()[0].request.client_order_id.clone();
    world.binance.fill(&bought, "1");
    world.mexc.quote("99.5", "103");
    world.step(&mut runtime, 10_000).await;
    assert_eq!(
        world.mexc.open_in_words(),
        ["sell 102 x 1"],
        "it may still trade"
    );
    world.step(&mut runtime, 20_000).await;
    world.step(&mut runtime, 21_000).await;
    assert_eq!(world.mexc.open_in_words(), ["sell 99.5 x 1"]);
    let story = world.story(&key, 1).await;
    assert!(story.contains(&"cancelling: it did not trade in time".to_owned()));
    assert!(
        story.contains(&"intended arb-b-hedge-sell sell 99.5".to_owned()),
        "{story:?}"
    );
}

#[tokio::test]
async fn a_position_that_no_book_can_take_is_told_and_nothing_new_begins() {
    let (world, key, mut runtime) = rejected_leg().await;
    let bought = world.binance.all()[0].request.client_order_id.clone();
    world.binance.fill(&bought, "1");
    world.binance.quote_nothing();
    world.mexc.quote_nothing();
    for second in 1..4 {
        world.step(&mut runtime, second * 10_000).await;
    }
    let story = world.story(&key, 1).await;
    let told = "skipped: 1 is bought and not sold again, and no book can take it";
    assert_eq!(
        story.iter().filter(|line| *line == told).count(),
        1,
        "{story:?}"
    );
    world.binance.quote("98", "99");
    world.step(&mut runtime, 40_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 98 x 1"]);
}

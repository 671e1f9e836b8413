//! A leg of an arbitrage that cannot be had is tried again, then undone, and never left in silence.

use domain::ids::StrategyKey;
use executors::Runtime;
use serde_json::json;

use crate::support::{Counted, Script, World, config, decimal};

const ARBITRAGE: &str = "arbitrage";

async fn apart() -> World {
    let world = World::new().await;
    world.binance.quote("99", "100");
    world.mexc.quote("102", "103");
    world
}

/// Bought at 100 on binance; mexc refuses to sell at 102, now and the next times.
async fn bought_alone(refusals: usize) -> (World, StrategyKey, Runtime) {
    let world = apart().await;
    let mut runtime = world.runtime().await;
    let key = buy_alone(&world, &mut runtime, refusals).await;
    (world, key, runtime)
}

async fn buy_alone(world: &World, runtime: &mut Runtime, refusals: usize) -> StrategyKey {
    for _ in 0..refusals {
        world.mexc.next_place(Script::Reject);
    }
    world.binance.next_cancel(Script::TradeFirst);
    let asked = json!({"amountToTrade": 1, "minProfitability": 0.01});
    let key = world.start("u", ARBITRAGE, config(ARBITRAGE, asked)).await;
    world.step(runtime, 0).await;
    key
}

async fn steps(world: &World, runtime: &mut Runtime, seconds: std::ops::RangeInclusive<i64>) {
    for second in seconds {
        world.step(runtime, second * 1_000).await;
    }
}

async fn sell_again(world: &World, key: &StrategyKey, order: &str) {
    let orders = world.binance.open();
    let hedge = orders.last().unwrap();
    assert_eq!(hedge.in_words(), order);
    world.binance.fill(&hedge.request.client_order_id, "1");
    assert_eq!(world.execution(key, 1).await.net_base, Some(decimal("1")));
}

#[tokio::test]
async fn an_exchange_that_keeps_refusing_is_left_for_the_other() {
    let (world, key, mut runtime) = bought_alone(100).await;
    steps(&world, &mut runtime, 1..=3).await;
    sell_again(&world, &key, "sell 99 x 1").await;
    steps(&world, &mut runtime, 4..=40).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.net_base, Some(decimal("0")));
    let requests = world.mexc.requests().len();
    assert_eq!(
        requests, 3,
        "the leg, tried twice more; then no pair begins for a while"
    );
}

#[tokio::test]
async fn a_hedge_that_would_meet_our_own_order_goes_to_the_other_exchange() {
    let world = apart().await;
    let mut runtime = world.runtime().await;
    let (pmm, there) = ("pureMarketMaking", json!({"exchangeName": "mexc"}));
    world.start("maker", pmm, config(pmm, there)).await;
    world.step(&mut runtime, 0).await;
    let quotes = ["buy 92.25 x 0.01", "sell 112.75 x 0.01"];
    assert_eq!(world.mexc.open_in_words(), quotes);

    let key = buy_alone(&world, &mut runtime, 1).await;
    // Dearer than on binance, and below the market maker's own buy
    world.binance.quote("89", "100");
    world.mexc.quote("92", "103");
    steps(&world, &mut runtime, 1..=1).await;
    assert_eq!(world.mexc.open_in_words(), quotes);
    sell_again(&world, &key, "sell 89 x 1").await;
    let story = world.story(&key, 1).await;
    let told = "skipped: arb-b-hedge-sell: it would trade with a live order of ours";
    assert!(story.iter().any(|line| line == told), "{story:?}");
}

#[tokio::test]
async fn what_nobody_takes_raises_an_alarm_once() {
    let alarms = Counted::of("positions_left_open_total");
    let _listening = alarms.listen();
    let (world, key, mut runtime) = bought_alone(100).await;
    for _ in 0..100 {
        world.binance.next_place(Script::Reject);
    }
    steps(&world, &mut runtime, 1..=80).await;
    let story = world.story(&key, 1).await;
    let told =
        "skipped: alarm: 1 is bought and not sold again, and has not been closed within 30 s";
    let told = story.iter().filter(|line| line.starts_with(told));
    assert_eq!(told.count(), 1, "{story:?}");
    assert_eq!(alarms.so_far(), 1);
    let requests = world.mexc.requests().len() + world.binance.requests().len();
    assert!(requests < 25, "{requests} requests in 80 s");
}

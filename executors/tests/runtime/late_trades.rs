//! Trades that a venue tells of after the order, or the whole run, is over.

use domain::execution::ExecutionEvent;
use domain::ids::{ClientOrderId, StrategyKey};
use domain::instance::InstanceStatus;
use executors::Runtime;
use serde_json::json;

use crate::support::{World, config, decimal};

const PMM: &str = "pureMarketMaking";
/// Longer than the configuration's refresh time.
const REFRESHED: i64 = 16_000;

/// A run whose first buy was replaced by a newer one.
async fn replaced_buy(world: &World) -> (StrategyKey, Runtime, ClientOrderId) {
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let execution = world.execution(&key, 1).await;
    let mut buys = execution.live_orders.values();
    let buy = buys
        .find(|order| order.intent.slot.ends_with("buy"))
        .unwrap();
    let buy = buy.intent.client_order_id.clone();
    world.binance.quote("110", "111");
    world.step(&mut runtime, REFRESHED).await;
    let execution = world.execution(&key, 1).await;
    assert!(!execution.live_orders.contains_key(&buy), "it was replaced");
    (key, runtime, buy)
}

async fn fills(world: &World, key: &StrategyKey, run: u32) -> usize {
    let events = world.events(key, run).await;
    let fills = events
        .iter()
        .filter(|event| matches!(event, ExecutionEvent::OrderFilled(_)));
    fills.count()
}

#[tokio::test]
async fn of_an_order_that_was_cancelled_is_counted_once() {
    let world = World::new().await;
    let (key, mut runtime, buy) = replaced_buy(&world).await;
    world.binance.fill(&buy, "0.25");
    for ms in [1000, 2000, 60_000] {
        world.step(&mut runtime, REFRESHED + ms).await;
        let execution = world.execution(&key, 1).await;
        assert_eq!(execution.net_base, Some(decimal("0.25")));
        assert_eq!(fills(&world, &key, 1).await, 1);
    }
}

#[tokio::test]
async fn told_while_no_process_listened_is_found_by_the_next() {
    let world = World::new().await;
    let (key, runtime, buy) = replaced_buy(&world).await;
    drop(runtime);
    world.binance.fill(&buy, "0.25");
    let mut next = world.runtime().await;
    world.step(&mut next, REFRESHED + 1000).await;
    assert_eq!(fills(&world, &key, 1).await, 1);
}

#[tokio::test]
async fn of_a_run_that_is_over_goes_to_that_run() {
    let world = World::new().await;
    let (key, mut runtime, buy) = replaced_buy(&world).await;
    world.stop(&key).await;
    world.step(&mut runtime, REFRESHED + 1000).await;
    assert!(world.execution(&key, 1).await.closed);

    world.binance.fill(&buy, "0.25");
    world.step(&mut runtime, REFRESHED + 2000).await;
    assert_eq!(fills(&world, &key, 1).await, 1);
    assert_eq!(world.status(&key).await, InstanceStatus::Stopped);

    world.start("u", PMM, config(PMM, json!({}))).await;
    world.step(&mut runtime, REFRESHED + 3000).await;
    world.binance.fill(&buy, "0.5");
    world.step(&mut runtime, REFRESHED + 4000).await;
    assert_eq!(fills(&world, &key, 1).await, 2);
    assert_eq!(fills(&world, &key, 2).await, 0);
    let second = world.execution(&key, 2).await;
    assert_eq!(second.live_orders.len(), 2, "the new run goes on");
}

#[tokio::test]
async fn is_not_lost_when_somebody_else_wrote_to_the_run_meanwhile() {
    let world = World::new().await;
    let (key, mut runtime, buy) = replaced_buy(&world).await;
    world.skip_tick(&key, 1, "written by another process").await;
    world.binance.fill(&buy, "0.25");
    world.step(&mut runtime, REFRESHED + 1000).await;
    assert_eq!(fills(&world, &key, 1).await, 0, "the state was too old");
    world.step(&mut runtime, REFRESHED + 3000).await;
    assert_eq!(fills(&world, &key, 1).await, 1);
}

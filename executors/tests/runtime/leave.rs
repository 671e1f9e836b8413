//! A stop that leaves the run's orders at the venue.

use domain::execution::Side;
use domain::guard::{GuardAction, GuardScope};
use domain::ids::StrategyKey;
use domain::instance::{InstanceStatus, StopMode};
use executors::Runtime;
use serde_json::json;

use crate::guards::{rule, set};
use crate::halt::halt;
use crate::support::{World, config, decimal};

const PMM: &str = "pureMarketMaking";

/// A run with an order on each side, stopped so that they stay.
async fn left() -> (World, StrategyKey, Runtime) {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.stop_as(&key, StopMode::Leave).await;
    (world, key, runtime)
}

async fn seconds(world: &World, runtime: &mut Runtime, which: std::ops::Range<i64>) {
    for second in which {
        world.step(runtime, second * 1000).await;
    }
}

#[tokio::test]
async fn orders_stay_and_their_trades_count_until_none_is_left() {
    let (world, key, mut runtime) = left().await;
    let placed = world.binance.requests().len();
    seconds(&world, &mut runtime, 1..100).await;
    assert_eq!(world.binance.open().len(), 2);
    assert_eq!(
        world.binance.requests().len(),
        placed,
        "nothing new is placed"
    );
    assert_eq!(world.status(&key).await, InstanceStatus::Stopped);

    let open = world.binance.open();
    let (buys, sells): (Vec<_>, Vec<_>) = open.iter().partition(|order| order.is(Side::Buy));
    let quantity = buys[0].left().to_string();
    world
        .binance
        .fill(&buys[0].request.client_order_id, &quantity);
    seconds(&world, &mut runtime, 100..103).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.net_base, Some(decimal(&quantity)));
    assert!(!execution.closed);

    // Somebody takes the other off by hand
    world.binance.drop_order(&sells[0].request.client_order_id);
    seconds(&world, &mut runtime, 103..200).await;
    assert!(world.execution(&key, 1).await.closed);
    let story = world.story(&key, 1).await;
    let said = |line: &str| story.iter().filter(|said| *said == line).count();
    let two = "skipped: 2 of its orders stay until they trade or are taken off";
    assert_eq!((said(two), said("cancelled")), (1, 1), "{story:#?}");
    assert!(!story.iter().any(|line| line.starts_with("cancelling")));
}

#[tokio::test]
async fn another_process_leaves_them_as_well() {
    let (world, key, mut runtime) = left().await;
    world.step(&mut runtime, 1000).await;
    drop(runtime);
    let mut runtime = world.runtime().await;
    seconds(&world, &mut runtime, 2..100).await;
    assert_eq!(world.binance.open().len(), 2);
    assert!(!world.execution(&key, 1).await.closed);
}

#[tokio::test]
async fn another_stop_takes_them_off() {
    let (world, key, mut runtime) = left().await;
    world.step(&mut runtime, 1000).await;
    world.stop(&key).await;
    world.step(&mut runtime, 2000).await;
    assert!(world.binance.open().is_empty());
    assert!(world.execution(&key, 1).await.closed);
}

#[tokio::test]
async fn a_new_start_takes_them_off_before_it_quotes() {
    let (world, key, mut runtime) = left().await;
    world.step(&mut runtime, 1000).await;
    world.start("u", PMM, config(PMM, json!({}))).await;
    seconds(&world, &mut runtime, 2..5).await;
    assert!(world.execution(&key, 1).await.closed);
    assert_eq!(world.execution(&key, 2).await.live_orders.len(), 2);
    assert_eq!(world.binance.open().len(), 2);
}

#[tokio::test]
async fn a_halt_of_trading_takes_them_off() {
    let (world, key, mut runtime) = left().await;
    world.step(&mut runtime, 1000).await;
    halt(&world).await;
    world.step(&mut runtime, 2000).await;
    assert!(world.binance.open().is_empty());
    assert!(world.execution(&key, 1).await.closed);
}

#[tokio::test]
async fn a_guard_that_trips_takes_them_off() {
    let (world, key, mut runtime) = left().await;
    set(
        &world,
        rule(GuardScope::Instance(key.clone()), GuardAction::Pause),
    )
    .await;
    let open = world.binance.open();
    let buy = open.iter().find(|order| order.is(Side::Buy)).unwrap();
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.step(&mut runtime, 1000).await;
    assert_eq!(world.binance.open().len(), 1);
    world.binance.quote("50", "51");
    seconds(&world, &mut runtime, 2..15).await;
    assert!(world.binance.open().is_empty());
    assert!(world.execution(&key, 1).await.closed);
}

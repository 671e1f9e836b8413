//! Market making as the seed defines it.

use domain::execution::{OrderState, Side};
use serde_json::json;

use crate::support::{World, config, decimal};

const PMM: &str = "pureMarketMaking";

#[tokio::test]
async fn quotes_both_sides_and_replaces_them_when_the_price_has_moved() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;

    world.step(&mut runtime, 0).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 90.45 x 0.01", "sell 110.55 x 0.01"]
    );

    world.step(&mut runtime, 14_999).await;
    assert_eq!(world.binance.all().len(), 2, "not due yet");

    world.step(&mut runtime, 15_000).await;
    assert_eq!(world.binance.all().len(), 2, "the price has not moved");

    world.binance.quote("200", "201");
    world.step(&mut runtime, 30_000).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 180.45 x 0.01", "sell 220.55 x 0.01"]
    );
    assert!(world.execution(&key, 1).await.is_open());
}

#[tokio::test]
async fn records_fills_once_and_at_the_next_look() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let buy = world
        .binance
        .open()
        .into_iter()
        .find(|order| order.is(Side::Buy))
        .unwrap()
        .request
        .client_order_id;

    world.binance.fill(&buy, "0.004");
    world.step(&mut runtime, 1000).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.fills, 1);
    assert_eq!(execution.live_orders[&buy].filled, decimal("0.004"));

    world.step(&mut runtime, 2000).await;
    world.binance.fill(&buy, "0.006");
    world.step(&mut runtime, 3000).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.fills, 2);
    assert_eq!(execution.net_base, Some(decimal("0.01")));
    assert!(!execution.live_orders.contains_key(&buy));

    // The empty side is quoted again when the run is due
    world.step(&mut runtime, 15_000).await;
    assert_eq!(world.binance.open().len(), 2);
}

#[tokio::test]
async fn a_stop_cancels_every_order_and_then_closes_the_run() {
    let world = World::new().await;
    let layers = json!({"numberOfLayers": 3});
    let key = world.start("u", PMM, config(PMM, layers)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.binance.open().len(), 6);

    world.stop(&key).await;
    world.step(&mut runtime, 500).await;
    assert_eq!(world.binance.open().len(), 0);
    let execution = world.execution(&key, 1).await;
    assert!(execution.closed);
    let story = world.story(&key, 1).await;
    assert_eq!(story.last().unwrap(), "closed: enough");
    let cancelled = story.iter().filter(|line| *line == "cancelled").count();
    assert_eq!(cancelled, 6);

    let events = story.len();
    world.step(&mut runtime, 60_000).await;
    assert_eq!(world.story(&key, 1).await.len(), events, "nothing after");
    assert_eq!(world.binance.all().len(), 6);
}

#[tokio::test]
async fn an_order_that_the_exchange_dropped_by_itself_is_noticed() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let dropped = world.binance.open()[0].request.client_order_id.clone();
    world.binance.drop_order(&dropped);

    world.step(&mut runtime, 15_000).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.live_orders[&dropped].state, OrderState::Open);
    world.step(&mut runtime, 75_000).await;
    let execution = world.execution(&key, 1).await;
    assert!(!execution.live_orders.contains_key(&dropped));
    assert_eq!(world.binance.open().len(), 2, "and its side quoted again");
}

//! Exchanges that refuse, lose answers, lose requests, hang or go dark.

use domain::execution::OrderState;
use serde_json::json;

use crate::support::{Script, World, config};

const PMM: &str = "pureMarketMaking";

#[tokio::test]
async fn a_rejected_order_blocks_nothing_and_is_tried_again_when_due() {
    let world = World::new().await;
    world.binance.next_place(Script::Reject);
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.binance.open_in_words(), ["sell 110.55 x 0.01"]);
    world.step(&mut runtime, 15_000).await;
    assert_eq!(world.binance.open().len(), 2);
    let ids = world.binance.requests();
    assert_eq!(ids.len(), 3);
    assert_ne!(ids[0], ids[2], "a new order, not the rejected one again");
    let story = world.story(&key, 1).await;
    assert!(story.contains(&"rejected: insufficient balance".to_owned()));
}

#[tokio::test]
async fn a_lost_answer_is_resolved_by_asking() {
    let world = World::new().await;
    world.binance.next_place(Script::LoseAnswer);
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let execution = world.execution(&key, 1).await;
    let mut states = execution.live_orders.values().map(|order| order.state);
    assert!(states.all(|state| state == OrderState::Open));
    assert_eq!(world.binance.requests().len(), 2, "nothing sent twice");
}

#[tokio::test]
async fn a_lost_request_stays_in_doubt_until_it_can_no_longer_arrive() {
    let world = World::new().await;
    world.binance.next_place(Script::LoseRequest);
    let key = world
        .start("u", PMM, config(PMM, json!({"orderRefreshTime": 4000})))
        .await;
    let mut runtime = world.runtime().await;
    for second in [0, 4, 8] {
        world.step(&mut runtime, second * 1000).await;
        let execution = world.execution(&key, 1).await;
        assert_eq!(execution.live_orders.len(), 2, "no second order meanwhile");
        assert_eq!(world.binance.requests().len(), 2);
    }
    world.step(&mut runtime, 12_000).await;
    let story = world.story(&key, 1).await;
    assert!(story.contains(&"rejected: never reached the venue".to_owned()));
    assert_eq!(world.binance.open().len(), 2, "replaced by a new order");
}

#[tokio::test]
async fn a_stop_waits_for_the_venue_to_confirm() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.binance.go_dark(true);
    world.stop(&key).await;
    for second in [1, 2, 4, 8] {
        world.step(&mut runtime, second * 1000).await;
        assert!(!world.execution(&key, 1).await.closed, "orders may be open");
    }
    world.binance.go_dark(false);
    world.step(&mut runtime, 60_000).await;
    assert!(world.execution(&key, 1).await.closed);
    assert!(world.binance.open().is_empty());
}

#[tokio::test]
async fn a_lost_cancellation_never_leads_to_two_orders_in_one_slot() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.binance.quote("200", "201");
    for _ in 0..4 {
        world.binance.next_cancel(Script::LoseRequest);
    }
    for second in 15..30 {
        world.step(&mut runtime, second * 1000).await;
        assert!(world.binance.open().len() <= 2, "at {second} s");
    }
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 180.45 x 0.01", "sell 220.55 x 0.01"]
    );
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.live_orders.len(), 2);
}

#[tokio::test]
async fn a_fill_that_races_the_cancellation_is_not_lost() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let id = world.binance.open()[0].request.client_order_id.clone();
    world.stop(&key).await;
    world.binance.fill(&id, "0.01");
    world.step(&mut runtime, 1000).await;
    let execution = world.execution(&key, 1).await;
    assert!(execution.closed);
    assert_eq!(execution.fills, 1);
}

#[tokio::test]
async fn fills_missed_while_dark_or_down_are_recorded_afterwards() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let ids: Vec<_> = world
        .binance
        .open()
        .into_iter()
        .map(|order| order.request.client_order_id)
        .collect();
    world.binance.go_dark(true);
    world.binance.fill(&ids[0], "0.004");
    world.step(&mut runtime, 1000).await;
    world.binance.go_dark(false);
    world.step(&mut runtime, 2000).await;
    assert_eq!(world.execution(&key, 1).await.fills, 1);

    drop(runtime);
    world.binance.fill(&ids[1], "0.01");
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 3000).await;
    assert_eq!(world.execution(&key, 1).await.fills, 2);
}

#[tokio::test]
async fn a_trade_beyond_what_was_ordered_counts_and_the_run_goes_on() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let id = world.binance.open()[0].request.client_order_id.clone();
    world.binance.fill(&id, "0.03");
    world.step(&mut runtime, 1000).await;
    let execution = world.execution(&key, 1).await;
    assert_eq!(execution.fills, 1);
    assert!(!execution.live_orders.contains_key(&id));
    world.step(&mut runtime, 15_000).await;
    assert_eq!(world.binance.open().len(), 2, "both sides are quoted again");
}

//! A run that loses too much takes its orders off and places nothing more.

use serde_json::json;

use crate::support::{Counted, World, config, decimal};

const PMM: &str = "pureMarketMaking";

async fn after_a_loss(change: impl Fn(&mut executors::GateLimits)) -> (World, Vec<String>) {
    let mut world = World::new().await;
    change(&mut world.settings.limits);
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let bought = world.binance.open();
    let buy = bought
        .iter()
        .find(|order| order.in_words().starts_with("buy"));
    world
        .binance
        .fill(&buy.unwrap().request.client_order_id, "0.01");
    // What was bought at 90.45 is worth half now
    world.binance.quote("50", "51");
    for second in 1..40 {
        world.step(&mut runtime, second * 1000).await;
    }
    drop(runtime);
    // Another process knows it, too
    let mut runtime = world.runtime().await;
    for second in 40..80 {
        world.step(&mut runtime, second * 1000).await;
    }
    drop(runtime);
    let story = world.story(&key, 1).await;
    (world, story)
}

fn pauses(story: &[String]) -> Vec<&String> {
    let pauses = story
        .iter()
        .filter(|line| line.contains("its limit: nothing is placed"));
    pauses.filter(|line| line.starts_with("skipped")).collect()
}

#[tokio::test]
async fn a_run_that_lost_its_limit_is_paused_until_it_is_started_again() {
    let reached = Counted::of("runs_stopped_by_loss_total");
    let _listening = reached.listen();
    let (world, story) = after_a_loss(|limits| limits.run_loss = Some(decimal("0.3"))).await;
    assert_eq!(reached.so_far(), 2, "once in each process");
    assert!(world.binance.open().is_empty(), "{story:#?}");
    let said = "skipped: the run lost 0.3 or more, its limit: nothing is placed until the \
                instance is started again";
    assert_eq!(pauses(&story), [said]);
    let asked = world.binance.requests().len();
    world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    for second in 80..83 {
        world.step(&mut runtime, second * 1000).await;
    }
    assert_eq!(
        world.binance.requests().len(),
        asked + 2,
        "a new run quotes"
    );
}

#[tokio::test]
async fn a_fall_from_the_highest_pauses_it_as_well() {
    let (world, story) = after_a_loss(|limits| limits.run_drawdown = Some(decimal("0.39"))).await;
    assert!(world.binance.open().is_empty());
    assert_eq!(pauses(&story).len(), 1, "{story:#?}");
}

#[tokio::test]
async fn a_smaller_loss_changes_nothing() {
    let (world, story) = after_a_loss(|limits| {
        limits.run_loss = Some(decimal("0.5"));
        limits.run_drawdown = Some(decimal("0.5"));
    })
    .await;
    assert_eq!(world.binance.open().len(), 2);
    assert!(pauses(&story).is_empty());
}

//! Volume: alternating, counted, stopping itself.

use domain::instance::InstanceStatus;
use serde_json::{Value, json};

use crate::support::{World, config};

const VOLUME: &str = "volume";

fn two_trades() -> serde_json::Map<String, Value> {
    let mut config = config(
        VOLUME,
        json!({"numTrades": 2, "intervalTime": 2, "pricePushRate": 1, "tradeAmount": 0.5}),
    );
    config.remove("postOnlySide");
    config
}

#[tokio::test]
async fn alternates_counts_and_stops_one_interval_after_the_last_trade() {
    let world = World::new().await;
    let key = world.start("u", VOLUME, two_trades()).await;
    let mut runtime = world.runtime().await;
    for second in 0..10 {
        world.step(&mut runtime, second * 1000).await;
        let status = world.status(&key).await;
        let expected = if second < 4 {
            InstanceStatus::Running
        } else {
            InstanceStatus::Stopped
        };
        assert_eq!(status, expected, "at {second} s");
    }
    assert_eq!(
        world.story(&key, 1).await,
        [
            "opened",
            "intended volume-0 buy 100.3995",
            "acknowledged",
            "cancelling: not filled before the next trade was due",
            "cancelled",
            "intended volume-1 sell 101.606505",
            "acknowledged",
            "cancelling: numTrades 2 reached",
            "cancelled",
            "closed: numTrades 2 reached",
        ]
    );
    assert_eq!(world.execution(&key, 1).await.executed_trades, 2);
}

#[tokio::test]
async fn its_end_names_the_event_that_brought_it_about() {
    let world = World::new().await;
    let key = world.start("u", VOLUME, two_trades()).await;
    let mut runtime = world.runtime().await;
    for second in [0, 2, 4] {
        world.step(&mut runtime, second * 1000).await;
    }
    let stream = event_store::StreamName::new("strategy_instance", key.as_str());
    let recorded = world.log.load(&stream, 1, 10).await.unwrap();
    let stopped = &recorded[0];
    assert_eq!(stopped.event_type, "InstanceStopped");
    let metadata = stopped.metadata().unwrap();
    assert_eq!(metadata.actor.name, "executor:volume");
    assert_eq!(metadata.reason.as_deref(), Some("numTrades 2 reached"));
    let execution = event_store::StreamName::new("execution", format!("{key}#1"));
    let causes: Vec<_> = world.log.load(&execution, 0, 100).await.unwrap();
    let cause = metadata.causation_id.unwrap();
    assert!(causes.iter().any(|event| event.event_id == cause));
}

#[tokio::test]
async fn a_restarted_process_goes_on_counting() {
    let world = World::new().await;
    let key = world.start("u", VOLUME, two_trades()).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    drop(runtime);

    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 1000).await;
    world.step(&mut runtime, 3000).await;
    let story = world.story(&key, 1).await;
    assert_eq!(story[3], "resumed 1");
    assert!(story.contains(&"intended volume-1 sell 101.606505".to_owned()));
    assert_eq!(world.execution(&key, 1).await.executed_trades, 2);
    assert_eq!(world.status(&key).await, InstanceStatus::Stopped);
    assert_eq!(world.binance.all().len(), 2, "no third trade");
}

#[tokio::test]
async fn starting_again_is_a_new_run_that_counts_from_zero() {
    let world = World::new().await;
    let key = world.start("u", VOLUME, two_trades()).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.start("u", VOLUME, two_trades()).await;
    world.step(&mut runtime, 500).await;

    let first = world.story(&key, 1).await;
    assert_eq!(first.last().unwrap(), "closed: replaced by run 2");
    assert_eq!(
        world.story(&key, 2).await,
        ["opened", "intended volume-0 buy 100.3995", "acknowledged"]
    );
    assert_eq!(world.execution(&key, 2).await.executed_trades, 1);
    assert_eq!(world.binance.open().len(), 1);
}

//! Starting, stopping, faulting and importing, as the log tells it.

use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::instance::{
    ImportLegacyInstance, InstanceCommand, InstanceStatus, LegacyInstanceRow, RestartInstance,
};
use domain::money::Decimal;
use serde_json::{Map, Value, json};

use crate::support::{World, config};

const PMM: &str = "pureMarketMaking";
const VOLUME: &str = "volume";

fn legacy_row(executor_type: Option<&str>, config: Map<String, Value>) -> LegacyInstanceRow {
    let now = chrono::DateTime::from_timestamp(1_740_000_000, 0).unwrap();
    LegacyInstanceRow {
        legacy_id: 7,
        user_id: UserId::new("u"),
        client_id: ClientId::new("c"),
        strategy_type: executor_type.unwrap_or("timeIndicator").to_owned(),
        executor_type: executor_type.map(ExecutorType::new),
        start_price: Decimal::zero(),
        parameters: Map::new(),
        config,
        executed_trades: 3,
        status: InstanceStatus::Running,
        note: None,
        definition: None,
        market_making_order_id: None,
        created_at: now,
        updated_at: now,
    }
}

async fn import(world: &World, key: &str, row: LegacyInstanceRow) -> StrategyKey {
    let key = StrategyKey::new(key);
    let import = ImportLegacyInstance {
        strategy_key: key.clone(),
        row,
    };
    let command = InstanceCommand::ImportLegacy(Box::new(import));
    world.command(&key, command).await;
    key
}

#[tokio::test]
async fn an_imported_volume_goes_on_where_it_was() {
    let world = World::new().await;
    let config = config(VOLUME, json!({"numTrades": 10, "postOnlySide": "buy"}));
    let key = import(&world, "u-c-volume", legacy_row(Some(VOLUME), config)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.execution(&key, 1).await.executed_trades, 4);
    assert!(world.story(&key, 1).await[1].starts_with("intended volume-3"));
}

#[tokio::test]
async fn an_imported_instance_nobody_can_run_is_left_alone_and_blocks_nobody() {
    let world = World::new().await;
    let unsupported = import(&world, "u-c-timeIndicator", legacy_row(None, Map::new())).await;
    let unknown = import(&world, "u-c-x", legacy_row(Some("x"), Map::new())).await;
    let key = world.start("z", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.execution(&key, 1).await.live_orders.len(), 2);
    for left_alone in [unsupported, unknown] {
        assert_eq!(world.status(&left_alone).await, InstanceStatus::Running);
        assert!(world.story(&left_alone, 1).await.is_empty());
    }
}

#[tokio::test]
async fn a_configuration_that_cannot_be_read_faults_the_instance_in_words() {
    let world = World::new().await;
    let broken = config(PMM, json!({"bidSpread": "wide", "pair": 7}));
    let key = world.start("u", PMM, broken).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.status(&key).await, InstanceStatus::Faulted);
    let stream = event_store::StreamName::new("strategy_instance", key.as_str());
    let faulted = &world.log.load(&stream, 1, 10).await.unwrap()[0];
    assert!(faulted.payload.contains("bidSpread"), "{}", faulted.payload);
    assert!(faulted.payload.contains("pair"), "{}", faulted.payload);
    let stage = r#""stage":"configuration""#;
    assert!(faulted.payload.contains(stage), "{}", faulted.payload);
    assert!(world.story(&key, 1).await.is_empty(), "it never ran");
    assert!(world.binance.all().is_empty());
}

#[tokio::test]
async fn what_is_delivered_twice_is_done_once() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    // Dropped before it saved how far it had read: the next one reads the start again
    drop(runtime);
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 1000).await;
    world.stop(&key).await;
    world.step(&mut runtime, 2000).await;
    drop(runtime);
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 3000).await;

    assert_eq!(world.binance.all().len(), 2);
    assert_eq!(world.binance.requests().len(), 2);
    let story = world.story(&key, 1).await;
    let times = |word: &str| story.iter().filter(|line| line.starts_with(word)).count();
    assert_eq!(times("opened"), 1);
    assert_eq!(times("resumed"), 1);
    assert_eq!(times("closed"), 1);
}

#[tokio::test]
async fn runs_replaced_in_quick_succession_leave_one_running() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    for _ in 0..3 {
        let restart = RestartInstance {
            strategy_key: key.clone(),
            restarted_at: world.set_time(100),
        };
        world.command(&key, InstanceCommand::Restart(restart)).await;
    }
    world.step(&mut runtime, 200).await;
    assert!(world.execution(&key, 1).await.closed);
    for never_opened in [2, 3] {
        assert!(world.story(&key, never_opened).await.is_empty());
    }
    assert!(world.execution(&key, 4).await.is_open());
    assert_eq!(world.binance.open().len(), 2);
}

#[tokio::test]
async fn a_run_stopped_while_no_process_ran_is_ended_by_the_next() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    drop(runtime);
    world.stop(&key).await;

    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 1000).await;
    assert!(world.binance.open().is_empty());
    assert_eq!(world.story(&key, 1).await.last().unwrap(), "closed: enough");
}

//! What a process saves so that the next need not read the whole log: it is believed only as it was saved,
//! and an auditor can tell whether it is what the log makes.

use std::sync::Arc;

use event_store::log::Snapshot;
use event_store::{
    Position, Reader, SnapshotVerdict, StoredRows, StoredSnapshot, StreamName, Upcasters,
    check_snapshot, event_at, open_to_read,
};
use executors::Runtime;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::{World, config, decimal};

const PMM: &str = "pureMarketMaking";

async fn auditor(world: &World) -> Arc<dyn StoredRows> {
    let path = world.dir.path().join("log.sqlite");
    let url = format!("sqlite:{}", path.display());
    open_to_read(&url, Upcasters::none()).await.unwrap()
}

async fn saved(log: &dyn StoredRows) -> Vec<StoredSnapshot> {
    log.snapshots(&StreamName::new("", ""), 100).await.unwrap()
}

async fn verdict(log: &dyn StoredRows, name: &str) -> SnapshotVerdict {
    let all = saved(log).await;
    let one = all.iter().find(|one| one.stream.aggregate_id == name);
    check_snapshot(log, one.unwrap()).await.unwrap()
}

/// A process that is asked to end saves where it is.
async fn end(runtime: Runtime) {
    let shutdown = CancellationToken::new();
    shutdown.cancel();
    runtime.run(shutdown).await;
}

/// One that runs, one that was stopped and one that was replaced.
async fn world_with_saved_states() -> World {
    let mut world = World::new().await;
    world.settings.save_every = 1;
    let stopped = world.start("stopped", PMM, config(PMM, json!({}))).await;
    world.start("runs", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.stop(&stopped).await;
    world.start("runs", PMM, config(PMM, json!({}))).await;
    for second in 1..5 {
        world.step(&mut runtime, second * 1000).await;
    }
    end(runtime).await;
    world
}

#[tokio::test]
async fn what_was_saved_is_what_the_log_makes() {
    let world = world_with_saved_states().await;
    let log = auditor(&world).await;
    let runtime = verdict(log.as_ref(), "executor-runtime").await;
    assert_eq!(runtime, SnapshotVerdict::Holds);
}

#[tokio::test]
async fn what_was_edited_is_neither_believed_nor_passed_over() {
    let world = world_with_saved_states().await;
    let log = auditor(&world).await;
    let all = saved(log.as_ref()).await;
    let stored = all
        .iter()
        .find(|one| one.stream.aggregate_id == "executor-runtime");
    let StoredSnapshot { stream, snapshot } = stored.unwrap().clone();
    let amount = |amount: &str| {
        let edited = snapshot.state.replace(r#""orderAmount":0.01,"#, amount);
        assert_ne!(edited, snapshot.state);
        edited
    };

    let state = amount(r#""orderAmount":777,"#);
    let edited = Snapshot {
        state: state.clone(),
        ..snapshot.clone()
    };
    world.log.save_snapshot(&stream, edited).await.unwrap();
    let told = verdict(log.as_ref(), "executor-runtime").await;
    let expected = "it is not what was saved".to_owned();
    assert_eq!(told, SnapshotVerdict::Wrong(expected));
    let mut runtime = world.runtime().await;
    for second in 60..80 {
        world.step(&mut runtime, second * 1000).await;
    }
    let orders = world.binance.all();
    assert!(
        orders
            .iter()
            .all(|order| order.request.quantity.amount() < &decimal("777"))
    );

    // Whoever knows how can make the seal anew: the log tells
    let sealed: Value = serde_json::from_str(&state).unwrap();
    let lie = RawValue::from_string(sealed["aggregate"].to_string()).unwrap();
    let position = Position(snapshot.version);
    let last_event = event_at(log.as_ref(), position).await.unwrap();
    let reader = Reader::EXECUTOR_RUNTIME;
    let resealed = reader.seal((position, last_event), lie).unwrap();
    reader.save(world.log.as_ref(), resealed).await.unwrap();
    let told = verdict(log.as_ref(), "executor-runtime").await;
    let expected = "what is to run as runs-c-pureMarketMaking is not what the log says".to_owned();
    assert_eq!(told, SnapshotVerdict::Wrong(expected));
}

#[tokio::test]
async fn a_run_that_somebody_made_the_state_forget_is_missed() {
    let mut world = World::new().await;
    world.settings.save_every = 1;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.binance.go_dark(true);
    world.stop(&key).await;
    world.step(&mut runtime, 1000).await;
    end(runtime).await;

    let log = auditor(&world).await;
    let reader = Reader::EXECUTOR_RUNTIME;
    let (_, position) = reader.saved(log.as_ref()).await.unwrap().unwrap();
    let last_event = event_at(log.as_ref(), position).await.unwrap();
    let nothing = serde_json::value::to_raw_value(&domain::wishes::Wishes::default()).unwrap();
    let sealed = reader.seal((position, last_event), nothing).unwrap();
    reader.save(world.log.as_ref(), sealed).await.unwrap();
    let told = verdict(log.as_ref(), "executor-runtime").await;
    let expected = "the run u-c-pureMarketMaking#1 is to end, and that is missing".to_owned();
    assert_eq!(told, SnapshotVerdict::Wrong(expected));
}

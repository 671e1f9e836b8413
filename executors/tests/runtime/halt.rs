//! The emergency stop of everything, as the log tells it.

use domain::execution::{ExecutionEvent, OrderState};
use domain::ids::StrategyKey;
use domain::installation::{INSTALLATION_ID, Installation, InstallationCommand};
use domain::instance::InstanceStatus;
use event_store::{Actor, CommandGateway, Metadata, Role, Source};
use serde_json::json;
use uuid::Uuid;

use crate::support::{World, config};

const PMM: &str = "pureMarketMaking";

async fn command(world: &World, command: InstallationCommand) {
    let actor = Actor::new("tester", Role::Admin);
    let metadata = Metadata::new(actor, Source::Rest, Uuid::nil()).because("a test");
    CommandGateway::<Installation>::new(world.log.clone(), ())
        .execute(INSTALLATION_ID, command, metadata)
        .await
        .unwrap();
}

pub(crate) async fn halt(world: &World) {
    let halt = InstallationCommand::HaltTrading {
        reason: "prices of yesterday".to_owned(),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    command(world, halt).await;
}

pub(crate) async fn resume(world: &World) {
    let at = chrono::DateTime::UNIX_EPOCH;
    command(world, InstallationCommand::ResumeTrading { at }).await;
}

async fn live_orders(world: &World, key: &StrategyKey) -> usize {
    world.execution(key, 1).await.live_orders.len()
}

#[tokio::test]
async fn a_halt_takes_every_order_off_and_none_is_placed_until_trading_is_resumed() {
    let world = World::new().await;
    let quick = json!({"orderRefreshTime": 1000});
    let one = world.start("u", PMM, config(PMM, quick.clone())).await;
    let other = world.start("v", PMM, config(PMM, quick)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(
        (
            live_orders(&world, &one).await,
            live_orders(&world, &other).await
        ),
        (2, 2)
    );

    halt(&world).await;
    for second in 1..5 {
        world.step(&mut runtime, second * 1000).await;
    }
    for key in [&one, &other] {
        let execution = world.execution(key, 1).await;
        assert!(execution.live_orders.is_empty());
        assert_eq!(execution.intended, 2, "nothing was placed while halted");
        assert_eq!(world.status(key).await, InstanceStatus::Running);
        let events = world.events(key, 1).await;
        let said: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                ExecutionEvent::TickSkipped { reason, .. } => Some(reason.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(
            said,
            ["trading is halted: prices of yesterday"],
            "said once"
        );
    }

    resume(&world).await;
    world.step(&mut runtime, 6000).await;
    assert_eq!(
        (
            live_orders(&world, &one).await,
            live_orders(&world, &other).await
        ),
        (2, 2)
    );
}

#[tokio::test]
async fn what_starts_or_comes_back_while_trading_is_halted_waits_too() {
    let world = World::new().await;
    let before = world.start("u", PMM, config(PMM, json!({}))).await;
    {
        let mut runtime = world.runtime().await;
        world.step(&mut runtime, 0).await;
    }
    halt(&world).await;
    let during = world.start("v", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 1000).await;
    assert_eq!(live_orders(&world, &before).await, 0);
    assert_eq!(world.execution(&during, 1).await.intended, 0);
    assert!(world.binance.open().is_empty());

    resume(&world).await;
    world.step(&mut runtime, 20_000).await;
    assert_eq!(live_orders(&world, &before).await, 2);
    assert_eq!(live_orders(&world, &during).await, 2);
}

#[tokio::test]
async fn a_cancellation_without_an_answer_is_asked_for_again_while_trading_is_halted() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    world.binance.go_dark(true);
    halt(&world).await;
    world.step(&mut runtime, 1000).await;
    let execution = world.execution(&key, 1).await;
    let orders: Vec<_> = execution.live_orders.values().collect();
    assert_eq!(orders.len(), 2);
    assert!(
        orders
            .iter()
            .all(|order| order.state == OrderState::Cancelling)
    );

    world.binance.go_dark(false);
    world.step(&mut runtime, 60_000).await;
    assert_eq!(live_orders(&world, &key).await, 0);
}

#[tokio::test]
async fn a_stop_ends_a_halted_run() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    halt(&world).await;
    world.step(&mut runtime, 1000).await;
    world.stop(&key).await;
    world.step(&mut runtime, 2000).await;
    assert!(!world.execution(&key, 1).await.is_open());
}

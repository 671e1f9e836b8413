//! Another configuration for a run that goes on.

use domain::config::ConfigSchema;
use domain::definition::{DefinitionContent, DefinitionVersion};
use domain::execution::ExecutionEvent;
use domain::ids::{DefinitionId, DefinitionKey, StrategyKey};
use domain::instance::{DefinitionPin, InstanceCommand, ReconfigureInstance};
use serde_json::{Value, json};
use strategies::default_strategy_definitions;
use uuid::Uuid;

use crate::support::World;

const PMM: &str = "pureMarketMaking";

/// Market making's version that says of every field whether it may change.
fn described() -> DefinitionContent {
    let seeds = default_strategy_definitions();
    let seed = seeds
        .into_iter()
        .find(|seed| seed.content.executor_type.as_str() == PMM);
    seed.unwrap().described.1
}

async fn started(world: &World) -> StrategyKey {
    let content = described();
    let schema = ConfigSchema::compile(&content.config_schema).unwrap();
    let pin = DefinitionPin {
        definition_id: DefinitionId(Uuid::nil()),
        key: DefinitionKey::new("pure-market-making"),
        name: "Market making".to_owned(),
        version: DefinitionVersion::first(),
        schema_digest: schema.digest().to_owned(),
        edited_since_publish: false,
    };
    world
        .start_on(Some(pin), "u", PMM, content.default_config)
        .await
}

async fn reconfigure(world: &World, key: &StrategyKey, changes: Value) {
    let command = ReconfigureInstance {
        strategy_key: key.clone(),
        config_schema: described().config_schema,
        changes: changes.as_object().unwrap().clone(),
        reconfigured_at: world.clock_now(),
    };
    world
        .command(key, InstanceCommand::Reconfigure(Box::new(command)))
        .await;
}

#[tokio::test]
async fn holds_at_once_without_another_run() {
    let world = World::new().await;
    let key = started(&world).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 90.45 x 0.01", "sell 110.55 x 0.01"]
    );
    world.set_time(1000);
    reconfigure(&world, &key, json!({"bidSpread": 0.2, "orderAmount": 0.02})).await;
    world.step(&mut runtime, 1000).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 80.4 x 0.02", "sell 110.55 x 0.02"]
    );
    let events = world.events(&key, 1).await;
    let opened = |event: &&ExecutionEvent| {
        matches!(
            event,
            ExecutionEvent::ExecutionOpened { .. } | ExecutionEvent::ExecutionResumed { .. }
        )
    };
    assert_eq!(events.iter().filter(opened).count(), 1);
}

#[tokio::test]
async fn is_kept_by_the_next_process() {
    let world = World::new().await;
    let key = started(&world).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    drop(runtime);
    reconfigure(&world, &key, json!({"bidSpread": 0.2})).await;
    let mut next = world.runtime().await;
    world.step(&mut next, 15_000).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 80.4 x 0.01", "sell 110.55 x 0.01"]
    );
}

#[tokio::test]
async fn takes_layers_off_that_are_no_longer_wanted() {
    let world = World::new().await;
    let key = started(&world).await;
    reconfigure(&world, &key, json!({"numberOfLayers": 3})).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.binance.open().len(), 6);
    world.set_time(1000);
    reconfigure(&world, &key, json!({"numberOfLayers": 1})).await;
    world.step(&mut runtime, 1000).await;
    assert_eq!(world.binance.open().len(), 2);
}

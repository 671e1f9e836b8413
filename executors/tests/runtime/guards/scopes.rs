//! Whose losses count, and who is held.

use domain::guard::{GuardAction, GuardRule, GuardScope};
use domain::ids::DefinitionKey;
use serde_json::json;

use super::{PMM, buy_of, losing, pin, rule, seconds, set, trips};
use crate::support::{World, config, decimal};

#[tokio::test]
async fn losses_of_several_instances_add_up() {
    for (together, tripped) in [("0.7", 1), ("0.9", 0)] {
        let world = World::new().await;
        let rule = GuardRule {
            loss: Some(decimal(together)),
            ..rule(GuardScope::System, GuardAction::Pause)
        };
        set(&world, rule).await;
        let mut runtime = world.runtime().await;
        for user in ["u", "v"] {
            let started = world.start(user, PMM, config(PMM, json!({}))).await;
            world.step(&mut runtime, 0).await;
            let run = world.execution(&started, 1).await;
            let mut orders = run.live_orders.values();
            let buy = orders.find(|order| order.intent.slot.ends_with("buy"));
            world
                .binance
                .fill(&buy.unwrap().intent.client_order_id, "0.01");
        }
        world.binance.quote("50", "51");
        seconds(&world, &mut runtime, 1..40).await;
        assert_eq!(trips(&world).await.len(), tripped, "{together}");
        assert_eq!(world.binance.open().is_empty(), tripped == 1);
    }
}

#[tokio::test]
async fn an_instance_is_held_and_the_others_go_on() {
    let world = World::new().await;
    let mut runtime = world.runtime().await;
    let key = losing(&world, "u", &mut runtime).await;
    set(&world, rule(GuardScope::Instance(key), GuardAction::Pause)).await;
    world.start("v", PMM, config(PMM, json!({}))).await;
    seconds(&world, &mut runtime, 1..40).await;
    assert_eq!(trips(&world).await.len(), 1);
    assert_eq!(world.binance.open().len(), 2, "the other's");
}

#[tokio::test]
async fn an_account_is_held_on_its_exchange_only() {
    let world = World::new().await;
    let account = GuardScope::Account("Binance".to_owned());
    set(&world, rule(account, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    losing(&world, "u", &mut runtime).await;
    let elsewhere = config(PMM, json!({"exchangeName": "mexc"}));
    let other = world.start("v", PMM, elsewhere).await;
    seconds(&world, &mut runtime, 1..40).await;
    assert!(world.binance.open().is_empty());
    assert_eq!(world.mexc.open().len(), 2);
    let buy = buy_of(&world.mexc);
    world.mexc.fill(&buy.request.client_order_id, "0.01");
    world.mexc.quote("50", "51");
    seconds(&world, &mut runtime, 40..80).await;
    assert_eq!(
        trips(&world).await.len(),
        1,
        "{:?}",
        world.story(&other, 1).await
    );
    assert_eq!(world.mexc.open().len(), 2);
}

#[tokio::test]
async fn a_definition_is_held_with_every_run_that_was_started_from_it() {
    let world = World::new().await;
    let definition = GuardScope::Definition(DefinitionKey::new("mm"));
    set(&world, rule(definition, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    losing(&world, "without", &mut runtime).await;
    seconds(&world, &mut runtime, 1..40).await;
    assert!(trips(&world).await.is_empty(), "it has no definition");
    world.binance.quote("100", "101");
    let key = world
        .start_on(Some(pin("mm")), "u", PMM, config(PMM, json!({})))
        .await;
    seconds(&world, &mut runtime, 40..60).await;
    let run = world.execution(&key, 1).await;
    let mut orders = run.live_orders.values();
    let buy = orders.find(|order| order.intent.slot.ends_with("buy"));
    world
        .binance
        .fill(&buy.unwrap().intent.client_order_id, "0.01");
    world.binance.quote("50", "51");
    seconds(&world, &mut runtime, 60..100).await;
    assert_eq!(trips(&world).await.len(), 1);
    assert!(world.execution(&key, 1).await.live_orders.is_empty());
    assert_eq!(world.binance.open().len(), 2, "the one without goes on");
}

#[tokio::test]
async fn trades_in_another_currency_do_not_count() {
    let world = World::new().await;
    let rule = GuardRule {
        currency: "EUR".to_owned(),
        ..rule(GuardScope::System, GuardAction::Pause)
    };
    set(&world, rule).await;
    let mut runtime = world.runtime().await;
    losing(&world, "u", &mut runtime).await;
    seconds(&world, &mut runtime, 1..40).await;
    assert!(trips(&world).await.is_empty());
}

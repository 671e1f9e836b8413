//! Each scope with each action: who is held, and what is still allowed then.

use domain::execution::Side;
use domain::guard::{GuardAction, GuardScope};
use domain::ids::{DefinitionKey, StrategyKey};
use domain::instance::InstanceStatus;
use serde_json::json;

use super::{PMM, buy_of, pin, rule, seconds, set, trips};
use crate::support::{World, config, decimal};

const ACTIONS: [GuardAction; 3] = [
    GuardAction::Pause,
    GuardAction::ReduceOnly,
    GuardAction::Flatten,
];

fn scopes(key: &StrategyKey) -> [GuardScope; 4] {
    [
        GuardScope::Instance(key.clone()),
        GuardScope::Definition(DefinitionKey::new("mm")),
        GuardScope::Account("binance".to_owned()),
        GuardScope::System,
    ]
}

#[tokio::test]
async fn every_action_holds_those_in_its_scope_and_nobody_else() {
    for action in ACTIONS {
        for scope in 0..4 {
            assert_held(scope, action).await;
        }
    }
}

/// The one that loses has a definition and trades on binance; the other one has none, trades on mexc
/// and holds nothing.
async fn assert_held(scope: usize, action: GuardAction) {
    let world = World::new().await;
    let loser = world
        .start_on(Some(pin("mm")), "u", PMM, config(PMM, json!({})))
        .await;
    let elsewhere = json!({"exchangeName": "mexc"});
    let other = world.start("v", PMM, config(PMM, elsewhere)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let scope = scopes(&loser)[scope].clone();
    let case = format!("{action:?} in {scope:?}");
    let system = scope == GuardScope::System;
    set(&world, rule(scope, action)).await;
    let bought = buy_of(&world.binance).request.client_order_id;
    world.binance.fill(&bought, "0.01");
    world.binance.quote("50", "51");
    seconds(&world, &mut runtime, 1..3).await;
    if action == GuardAction::Flatten {
        let closing = world.binance.open();
        assert_eq!(closing.len(), 1, "{case}");
        assert_eq!(closing[0].in_words(), "sell 50 x 0.01", "{case}");
        world
            .binance
            .fill(&closing[0].request.client_order_id, "0.01");
    }
    seconds(&world, &mut runtime, 3..40).await;

    assert_eq!(trips(&world).await.len(), 1, "{case}");
    let open = world.binance.open();
    match action {
        GuardAction::Pause | GuardAction::Flatten => assert!(open.is_empty(), "{case}"),
        GuardAction::ReduceOnly => {
            assert_eq!(open.len(), 1, "{case}");
            assert!(open[0].is(Side::Sell), "{case}");
        }
    }
    let held = world.execution(&loser, 1).await;
    let held = held.ledger.base_held("binance", "BTC/USDT");
    let kept = if action == GuardAction::Flatten {
        "0"
    } else {
        "0.01"
    };
    assert_eq!(held, decimal(kept), "{case}");
    // Who holds nothing has nothing to reduce and nothing to close
    let others = if system { 0 } else { 2 };
    assert_eq!(world.mexc.open().len(), others, "{case}");
    for key in [&loser, &other] {
        assert_eq!(world.status(key).await, InstanceStatus::Running, "{case}");
    }
}

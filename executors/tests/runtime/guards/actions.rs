//! What a run may still do.

use domain::execution::Side;
use domain::guard::{GuardAction, GuardScope};
use domain::instance::InstanceStatus;
use serde_json::json;

use super::{PMM, buy_of, losing, reset, rule, seconds, set, trips};
use crate::support::{World, config, decimal};

#[tokio::test]
async fn a_pause_holds_through_restarts_and_new_starts_until_somebody_resets_it() {
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    let key = losing(&world, "u", &mut runtime).await;
    seconds(&world, &mut runtime, 1..40).await;
    assert!(world.binance.open().is_empty());
    let trip = trips(&world).await;
    assert_eq!(trip.len(), 1);
    // 0.01 at 50.5 instead of 90.45
    assert_eq!(trip[0].profit, decimal("-0.3995"));
    let said = "skipped: guard desk tripped: nothing is placed until it is reset";
    let story = world.story(&key, 1).await;
    assert_eq!(
        story.iter().filter(|line| *line == said).count(),
        1,
        "{story:#?}"
    );

    drop(runtime);
    let mut runtime = world.runtime().await;
    seconds(&world, &mut runtime, 40..60).await;
    world.start("u", PMM, config(PMM, json!({}))).await;
    world.start("v", PMM, config(PMM, json!({}))).await;
    let asked = world.binance.requests().len();
    seconds(&world, &mut runtime, 60..80).await;
    assert_eq!(
        world.binance.requests().len(),
        asked,
        "a new start is no reset"
    );

    reset(&world).await;
    seconds(&world, &mut runtime, 80..97).await;
    assert_eq!(world.binance.open().len(), 4, "both quote again");
    assert_eq!(
        trips(&world).await.len(),
        1,
        "what was lost before counts no more"
    );
    assert_eq!(world.status(&key).await, InstanceStatus::Running);
}

#[tokio::test]
async fn only_what_reduces_a_position_passes() {
    let world = World::new().await;
    let mut runtime = world.runtime().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    world.step(&mut runtime, 0).await;
    let buy = buy_of(&world.binance);
    let whole = buy.left();
    world
        .binance
        .fill(&buy.request.client_order_id, &whole.to_string());
    world.step(&mut runtime, 1000).await;
    set(&world, rule(GuardScope::System, GuardAction::ReduceOnly)).await;
    world.binance.quote("50", "51");
    seconds(&world, &mut runtime, 2..60).await;
    assert_eq!(trips(&world).await.len(), 1);
    let open = world.binance.open();
    assert_eq!(open.len(), 1, "{:?}", world.binance.open_in_words());
    assert!(open[0].is(Side::Sell));
    assert_eq!(open[0].left(), whole);
    // Half of it is sold: a whole sell would be more than is held
    let half = &whole * &decimal("0.5");
    world
        .binance
        .fill(&open[0].request.client_order_id, &half.to_string());
    seconds(&world, &mut runtime, 60..120).await;
    let held = world
        .execution(&key, 1)
        .await
        .ledger
        .base_held("binance", "BTC/USDT");
    assert_eq!(held, half);
    for order in world.binance.open() {
        assert!(
            order.is(Side::Sell) && order.left() <= half,
            "{}",
            order.in_words()
        );
    }
}

#[tokio::test]
async fn what_is_held_is_closed_and_the_run_stays() {
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Flatten)).await;
    let mut runtime = world.runtime().await;
    let key = losing(&world, "u", &mut runtime).await;
    seconds(&world, &mut runtime, 1..3).await;
    assert_eq!(world.binance.open_in_words(), ["sell 50 x 0.01"]);
    let order = &world.binance.open()[0];
    world.binance.fill(&order.request.client_order_id, "0.01");
    seconds(&world, &mut runtime, 3..60).await;
    assert!(world.binance.open().is_empty(), "it does not quote again");
    let execution = world.execution(&key, 1).await;
    assert_eq!(
        execution.ledger.base_held("binance", "BTC/USDT"),
        decimal("0")
    );
    assert!(!execution.closed);
    assert_eq!(world.status(&key).await, InstanceStatus::Running);
    let story = world.story(&key, 1).await;
    let said = "skipped: guard desk tripped: what is held is closed and nothing is placed until it is reset";
    assert_eq!(
        story.iter().filter(|line| *line == said).count(),
        1,
        "{story:#?}"
    );
    reset(&world).await;
    seconds(&world, &mut runtime, 60..77).await;
    assert_eq!(world.binance.open().len(), 2);
}

#[tokio::test]
async fn a_turn_under_way_when_it_trips_places_nothing_more_than_it_recorded() {
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    let key = losing(&world, "u", &mut runtime).await;
    seconds(&world, &mut runtime, 1..60).await;
    let story = world.story(&key, 1).await;
    let last_order = story.iter().rposition(|line| line.starts_with("intended"));
    let paused = story
        .iter()
        .position(|line| line.contains("guard desk tripped"));
    assert!(last_order < paused, "{story:#?}");
    let cancelled = story.iter().filter(|line| *line == "cancelled").count();
    let cancelling = story
        .iter()
        .filter(|line| line.starts_with("cancelling"))
        .count();
    assert_eq!(cancelled, cancelling);
}

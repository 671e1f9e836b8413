//! A stop that closes what the run holds.

use domain::guard::{GuardAction, GuardScope};
use domain::ids::StrategyKey;
use domain::instance::{InstanceStatus, StopMode};
use executors::Runtime;
use serde_json::json;

use crate::guards;
use crate::halt::{halt, resume};
use crate::support::{Counted, World, config, decimal};

const PMM: &str = "pureMarketMaking";

/// A run that bought 0.01 at 90.45, and was then asked to end flat.
async fn ending_with_a_position() -> (World, StrategyKey, Runtime) {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let buy = guards::buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.step(&mut runtime, 1000).await;
    world.stop_as(&key, StopMode::Flatten).await;
    (world, key, runtime)
}

/// Everything of the only order that is open trades.
fn fill_all(world: &World, quantity: &str) {
    let open = world.binance.open();
    assert_eq!(open.len(), 1, "{open:?}");
    world
        .binance
        .fill(&open[0].request.client_order_id, quantity);
}

#[tokio::test]
async fn sells_what_was_bought_and_then_closes_the_run() {
    let (world, key, mut runtime) = ending_with_a_position().await;
    world.step(&mut runtime, 2000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 100 x 0.01"]);
    assert!(!world.execution(&key, 1).await.closed);
    fill_all(&world, "0.01");
    world.step(&mut runtime, 3000).await;
    let execution = world.execution(&key, 1).await;
    assert!(execution.closed);
    assert_eq!(execution.net_base, Some(decimal("0")));
    assert_eq!(world.status(&key).await, InstanceStatus::Stopped);
    let story = world.story(&key, 1).await;
    let at = |line: &str| story.iter().position(|it| it.starts_with(line)).unwrap();
    assert!(
        at("cancelling") < at("intended flatten-binance-sell"),
        "{story:#?}"
    );
}

#[tokio::test]
async fn follows_the_market_until_it_is_flat() {
    let (world, key, mut runtime) = ending_with_a_position().await;
    world.step(&mut runtime, 2000).await;
    world.binance.quote("98", "99");
    world.step(&mut runtime, 3000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 98 x 0.01"]);
    fill_all(&world, "0.004");
    world.step(&mut runtime, 4000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 98 x 0.006"]);
    fill_all(&world, "0.006");
    world.step(&mut runtime, 5000).await;
    assert!(world.execution(&key, 1).await.closed);
}

#[tokio::test]
async fn waits_for_a_book_and_says_so() {
    let (world, key, mut runtime) = ending_with_a_position().await;
    world.binance.quote_nothing();
    for second in 2..6 {
        world.step(&mut runtime, second * 1000).await;
    }
    let story = world.story(&key, 1).await;
    let told = "skipped: 0.01 of BTC/USDT on binance is still held: its book cannot take it now";
    assert_eq!(
        story.iter().filter(|line| *line == told).count(),
        1,
        "{story:#?}"
    );
    world.binance.quote("90", "91");
    world.step(&mut runtime, 6000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 90 x 0.01"]);
}

#[tokio::test]
async fn waits_until_trading_is_resumed() {
    let (world, key, mut runtime) = ending_with_a_position().await;
    halt(&world).await;
    for second in 2..6 {
        world.step(&mut runtime, second * 1000).await;
    }
    assert!(
        world.binance.open().is_empty(),
        "nobody places while trading is halted"
    );
    assert!(!world.execution(&key, 1).await.closed);
    let story = world.story(&key, 1).await;
    let told = "skipped: 0.01 of BTC/USDT on binance is still held: trading is halted".to_owned();
    assert!(story.contains(&told), "{story:#?}");
    resume(&world).await;
    world.step(&mut runtime, 7000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 100 x 0.01"]);
}

#[tokio::test]
async fn is_finished_by_the_next_process() {
    let (world, key, mut runtime) = ending_with_a_position().await;
    world.step(&mut runtime, 2000).await;
    drop(runtime);
    fill_all(&world, "0.01");
    let mut next = world.runtime().await;
    world.step(&mut next, 60_000).await;
    let execution = world.execution(&key, 1).await;
    assert!(execution.closed, "{:#?}", world.story(&key, 1).await);
    assert_eq!(execution.net_base, Some(decimal("0")));
}

/// A run that holds 0.01 when its server is gone, and the server that comes back.
async fn after_a_restart(on_restart: &str) -> (World, StrategyKey, Runtime) {
    let world = World::new().await;
    let config = config(PMM, json!({ "onRestart": on_restart }));
    let key = world.start("u", PMM, config).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let buy = guards::buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    drop(runtime);
    let mut next = world.runtime().await;
    for second in 60..62 {
        world.step(&mut next, second * 1000).await;
    }
    (world, key, next)
}

#[tokio::test]
async fn a_restart_can_end_a_run_and_leave_or_close_what_it_holds() {
    let (world, key, _next) = after_a_restart("hold").await;
    assert_eq!(world.status(&key).await, InstanceStatus::Stopped);
    assert!(world.binance.open().is_empty());
    assert!(world.execution(&key, 1).await.closed);

    let (world, key, mut next) = after_a_restart("flatten").await;
    assert_eq!(world.status(&key).await, InstanceStatus::Stopped);
    assert_eq!(world.binance.open_in_words(), ["sell 100 x 0.01"]);
    fill_all(&world, "0.01");
    world.step(&mut next, 63_000).await;
    assert!(world.execution(&key, 1).await.closed);

    let (world, key, _next) = after_a_restart("resume").await;
    assert_eq!(world.status(&key).await, InstanceStatus::Running);
    assert_eq!(world.binance.open().len(), 2);
}

#[tokio::test]
async fn gives_up_after_forty_orders_in_vain_and_says_what_is_left() {
    let given_up = Counted::of("flatten_gave_up_total");
    let _listening = given_up.listen();
    let (world, key, mut runtime) = ending_with_a_position().await;
    for second in 2..60 {
        world.step(&mut runtime, second * 1000).await;
    }
    let execution = world.execution(&key, 1).await;
    assert!(execution.closed);
    let story = world.story(&key, 1).await;
    let sells = story
        .iter()
        .filter(|line| line.starts_with("intended flatten"));
    assert_eq!(sells.count(), 40);
    assert_eq!(given_up.so_far(), 1);
    let told = "skipped: 0.01 of BTC/USDT on binance is still held: it stays".to_owned();
    assert!(story.contains(&told), "{story:#?}");
}

#[tokio::test]
async fn closes_in_parts_what_one_order_may_not_be_worth() {
    let (mut world, key, runtime) = ending_with_a_position().await;
    drop(runtime);
    world.settings.limits.order_notional = decimal("0.4");
    let mut runtime = world.runtime().await;
    for (second, part) in [(2, "0.004"), (3, "0.004"), (4, "0.002")] {
        world.step(&mut runtime, second * 1000).await;
        assert_eq!(
            world.binance.open_in_words(),
            [format!("sell 100 x {part}")]
        );
        fill_all(&world, part);
    }
    world.step(&mut runtime, 5000).await;
    assert!(world.execution(&key, 1).await.closed);
}

#[tokio::test]
async fn reaches_no_farther_into_a_thin_book_than_an_order_may() {
    let (mut world, _, runtime) = ending_with_a_position().await;
    drop(runtime);
    world.settings.limits.price_distance_bps = 500;
    let bids = [("100", "0.001"), ("96", "0.001"), ("5", "10")];
    world.binance.quote_levels(&bids, &[("101", "1")]);
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 2000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 96 x 0.01"]);
}

#[tokio::test]
async fn waits_while_the_book_is_crossed() {
    let (world, key, mut runtime) = ending_with_a_position().await;
    world.binance.quote("101", "99");
    for second in 2..5 {
        world.step(&mut runtime, second * 1000).await;
    }
    assert!(world.binance.open().is_empty());
    let story = world.story(&key, 1).await;
    let told = "flatten-binance-sell: the book of BTC/USDT on binance is crossed";
    assert!(story.iter().any(|line| line.contains(told)), "{story:#?}");
    world.binance.quote("100", "101");
    world.step(&mut runtime, 6000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 100 x 0.01"]);
}

#[tokio::test]
async fn stands_in_front_of_another_order_of_ours_instead_of_trading_with_it() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let tight = json!({ "bidSpread": 0.001, "askSpread": 0.01 });
    world.start("v", PMM, config(PMM, tight)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let mut orders = world.binance.open().into_iter();
    let bought = orders.find(|order| order.in_words() == "buy 90.45 x 0.01");
    let bought = bought.unwrap().request.client_order_id;
    world.binance.fill(&bought, "0.01");
    world.step(&mut runtime, 1000).await;
    world.stop_as(&key, StopMode::Flatten).await;
    world.step(&mut runtime, 2000).await;
    let open = world.binance.open_in_words();
    assert!(open.contains(&"buy 100.3995 x 0.01".to_owned()), "{open:?}");
    // The book takes 100, but there v's order would be met first
    let sell = "sell 100.3996003995 x 0.01".to_owned();
    assert!(open.contains(&sell), "{open:?}");
}

#[tokio::test]
async fn a_stop_tries_anew_where_a_guard_has_given_up() {
    let world = World::new().await;
    guards::set(
        &world,
        guards::rule(GuardScope::System, GuardAction::Flatten),
    )
    .await;
    let mut runtime = world.runtime().await;
    let key = guards::losing(&world, "u", &mut runtime).await;
    guards::seconds(&world, &mut runtime, 1..60).await;
    assert!(world.binance.open().is_empty(), "the guard has given up");
    world.stop_as(&key, StopMode::Flatten).await;
    world.step(&mut runtime, 60_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 50 x 0.01"]);
    assert!(!world.execution(&key, 1).await.closed);
}

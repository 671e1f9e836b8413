//! How a profit is measured: from the log, to the same trip whoever reads it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::execution::ExecutionEvent;
use domain::guard::{GuardAction, GuardRule, GuardScope, LossLimit};
use serde_json::json;

use super::{PMM, buy_of, losing, name, remove, rule, seconds, set, set_called, trips};
use crate::support::{Fuse, FusedLog, World, config, decimal};

#[tokio::test]
async fn a_loss_is_seen_though_nothing_is_traded() {
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    let patient = config(PMM, json!({"orderRefreshTime": 3_600_000}));
    let key = world.start("u", PMM, patient).await;
    world.step(&mut runtime, 0).await;
    let buy = buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.step(&mut runtime, 1000).await;
    let intended = world.execution(&key, 1).await.intended;
    world.binance.quote("50", "51");
    seconds(&world, &mut runtime, 2..40).await;
    assert_eq!(trips(&world).await.len(), 1);
    assert_eq!(world.execution(&key, 1).await.intended, intended);
    let story = world.story(&key, 1).await;
    assert_eq!(
        story.iter().filter(|line| *line == "marked 50.5").count(),
        1,
        "{story:#?}"
    );
}

#[tokio::test]
async fn a_crossed_or_an_old_book_makes_no_loss() {
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let mut runtime = world.runtime().await;
    let patient = config(PMM, json!({"orderRefreshTime": 3_600_000}));
    let key = world.start("u", PMM, patient).await;
    world.step(&mut runtime, 0).await;
    let buy = buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.binance.quote("51", "50");
    seconds(&world, &mut runtime, 1..40).await;
    assert!(trips(&world).await.is_empty());
    let story = world.story(&key, 1).await;
    assert!(
        !story.iter().any(|line| line == "marked 50.5"),
        "{story:#?}"
    );
}

#[tokio::test]
async fn what_was_lost_before_a_guard_was_set_is_not_its_to_count() {
    let world = World::new().await;
    let mut runtime = world.runtime().await;
    losing(&world, "u", &mut runtime).await;
    seconds(&world, &mut runtime, 1..40).await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    seconds(&world, &mut runtime, 40..80).await;
    assert!(trips(&world).await.is_empty());
    let measure = world.measures.of(&name(), 1).unwrap();
    assert_eq!(measure.profit, decimal("0"));
    // 0.01 at 20.5 instead of 50.5: it loses 0.3 from here
    world.binance.quote("20", "21");
    seconds(&world, &mut runtime, 80..120).await;
    assert_eq!(trips(&world).await[0].profit, decimal("-0.3"));
}

#[tokio::test]
async fn a_fall_from_the_highest_trips_as_well() {
    let world = World::new().await;
    let rule = GuardRule {
        loss: None,
        drawdown: Some(decimal("0.3")),
        ..rule(GuardScope::System, GuardAction::Pause)
    };
    set(&world, rule).await;
    let mut runtime = world.runtime().await;
    let patient = config(PMM, json!({"orderRefreshTime": 3_600_000}));
    world.start("u", PMM, patient).await;
    world.step(&mut runtime, 0).await;
    let buy = buy_of(&world.binance);
    world.binance.fill(&buy.request.client_order_id, "0.01");
    world.binance.quote("139.95", "140.95");
    seconds(&world, &mut runtime, 1..15).await;
    assert!(trips(&world).await.is_empty());
    world.binance.quote("109.95", "110.95");
    seconds(&world, &mut runtime, 15..30).await;
    let trip = &trips(&world).await[0];
    assert_eq!(trip.limit, LossLimit::Drawdown);
    assert_eq!(
        (&trip.highest, &trip.profit),
        (&decimal("0.5"), &decimal("0.2"))
    );
}

#[tokio::test]
async fn whoever_reads_the_log_finds_the_same_trip() {
    let mut found = Vec::new();
    // Never saved and read anew by each process; saved after every event; never restarted
    for (save_every, restarts) in [(1000, true), (1, true), (1000, false)] {
        let mut world = World::new().await;
        world.settings.save_every = save_every;
        set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
        let mut runtime = world.runtime().await;
        losing(&world, "u", &mut runtime).await;
        for second in 1..40 {
            if restarts {
                drop(runtime);
                runtime = world.runtime().await;
            }
            world.step(&mut runtime, second * 1000).await;
        }
        let trip = trips(&world).await;
        assert_eq!(trip.len(), 1);
        found.push((
            trip[0].profit.clone(),
            trip[0].highest.clone(),
            trip[0].limit,
        ));
    }
    assert!(found.windows(2).all(|two| two[0] == two[1]), "{found:?}");
}

#[tokio::test]
async fn a_trade_told_after_its_order_was_cancelled_counts() {
    let world = World::new().await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    let buy = buy_of(&world.binance).request.client_order_id;
    // The price leaves, and the order is replaced before its trade is told
    world.binance.quote("50", "51");
    world.step(&mut runtime, 16_000).await;
    assert!(
        !world
            .execution(&key, 1)
            .await
            .live_orders
            .contains_key(&buy)
    );
    world.binance.fill(&buy, "0.01");
    seconds(&world, &mut runtime, 17..40).await;
    let events = world.events(&key, 1).await;
    let fills = events
        .iter()
        .filter(|event| matches!(event, ExecutionEvent::OrderFilled(_)));
    assert_eq!(fills.count(), 1);
    assert_eq!(trips(&world).await.len(), 1);
}

#[tokio::test]
async fn what_happened_while_nobody_watched_a_run_is_not_counted_later() {
    let world = World::new().await;
    let mut runtime = world.runtime().await;
    let key = losing(&world, "u", &mut runtime).await;
    let other = world.start("v", PMM, config(PMM, json!({}))).await;
    // Keeps the watch reading, and does not concern the first run
    let elsewhere = rule(GuardScope::Instance(other), GuardAction::Pause);
    set_called(&world, "elsewhere", elsewhere).await;
    let watched = || GuardRule {
        loss: Some(decimal("1000")),
        ..rule(GuardScope::Instance(key.clone()), GuardAction::Pause)
    };
    set(&world, watched()).await;
    seconds(&world, &mut runtime, 1..20).await;
    remove(&world).await;
    world.binance.quote("30", "31");
    seconds(&world, &mut runtime, 20..40).await;
    set(&world, watched()).await;
    world.binance.quote("20", "21");
    seconds(&world, &mut runtime, 40..60).await;
    let arming = 3;
    let measure = world.measures.of(&name(), arming).unwrap();
    assert_eq!(
        measure.profit,
        decimal("-0.1"),
        "0.01 at 20.5 instead of 30.5"
    );
}

#[tokio::test]
async fn a_log_that_fails_midway_makes_nothing_count_twice() {
    let world = World::new().await;
    let log = Arc::new(FusedLog {
        log: world.log.clone(),
        fuse: Fuse::after(usize::MAX),
        unreadable: AtomicBool::new(false),
    });
    let mut runtime = world.runtime_on(log.clone()).await;
    // Met on its way, so it has to be read from its beginning
    let early = losing(&world, "z", &mut runtime).await;
    world.binance.quote("100", "101");
    world.step(&mut runtime, 1).await;
    set(&world, rule(GuardScope::System, GuardAction::Pause)).await;
    let late = world.start("a", PMM, config(PMM, json!({}))).await;
    world.step(&mut runtime, 2).await;
    let run = world.execution(&late, 1).await;
    let mut orders = run.live_orders.values();
    let buy = orders
        .find(|order| order.intent.slot.ends_with("buy"))
        .unwrap();
    world.binance.fill(&buy.intent.client_order_id, "0.01");
    world.step(&mut runtime, 3).await;
    let profit = async || {
        let runs = [
            world.execution(&late, 1).await,
            world.execution(&early, 1).await,
        ];
        let [one, other] = runs.map(|run| run.ledger.profit_in("binance", "BTC/USDT"));
        &one + &other
    };
    let measured = || world.measures.of(&name(), 1).unwrap().profit;
    let (earned, known) = (profit().await, measured());

    // Both have something to tell, and the one that has to be read from its beginning comes last
    world.binance.quote("95", "96");
    let run = world.execution(&early, 1).await;
    let sell = run.live_orders.values().next().unwrap();
    world.binance.fill(&sell.intent.client_order_id, "0.01");
    log.unreadable.store(true, Ordering::SeqCst);
    let now = world.set_time(20_000);
    runtime.step(now).await.unwrap_err();
    log.unreadable.store(false, Ordering::SeqCst);
    world.step(&mut runtime, 20_001).await;
    let change = &profit().await - &earned;
    assert!(!change.is_zero());
    assert_eq!(&measured() - &known, change);
}

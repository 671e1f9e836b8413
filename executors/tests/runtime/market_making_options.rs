//! Market making with options that need the clock and the log: what filled, and when.

use domain::execution::Side;
use domain::ids::StrategyKey;
use executors::Runtime;
use serde_json::{Value, json};

use crate::support::{Script, World, config};

const PMM: &str = "pureMarketMaking";

/// Quotes 90.45 and 110.55 around 100 / 101, renewed every 15 s.
async fn started(options: Value) -> (World, StrategyKey, Runtime) {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, options)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 90.45 x 0.01", "sell 110.55 x 0.01"]
    );
    (world, key, runtime)
}

fn fill(world: &World, side: Side) {
    let open = world.binance.open();
    let order = open.iter().find(|order| order.is(side)).unwrap();
    let id = &order.request.client_order_id;
    world.binance.fill(id, "0.01");
}

#[tokio::test]
async fn after_a_fill_the_other_side_goes_and_both_come_back_after_the_delay() {
    let (world, _, mut runtime) = started(json!({ "filledOrderDelay": 5_000 })).await;
    world.step(&mut runtime, 1_000).await;
    fill(&world, Side::Buy);
    for second in 2..=5 {
        world.step(&mut runtime, second * 1_000).await;
        assert_eq!(world.binance.open_in_words(), ["sell 110.55 x 0.01"]);
    }
    world.binance.quote("200", "201");
    world.step(&mut runtime, 6_000).await;
    world.step(&mut runtime, 7_000).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 180.45 x 0.01", "sell 220.55 x 0.01"]
    );
}

#[tokio::test]
async fn ping_pong_goes_on_where_it_was_after_a_restart() {
    let (world, _, mut runtime) = started(json!({ "pingPongEnabled": true })).await;
    fill(&world, Side::Buy);
    world.step(&mut runtime, 15_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 110.55 x 0.01"]);
    drop(runtime);
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 30_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 110.55 x 0.01"]);
    fill(&world, Side::Sell);
    world.step(&mut runtime, 45_000).await;
    assert_eq!(
        world.binance.open_in_words(),
        ["buy 90.45 x 0.01", "sell 110.55 x 0.01"]
    );
}

#[tokio::test]
async fn a_moving_band_is_measured_once_and_outlives_a_restart() {
    let (world, key, mut runtime) = started(json!({ "movingPriceBandEnabled": true })).await;
    world.binance.quote("110", "111");
    world.step(&mut runtime, 15_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 121.55 x 0.01"]);
    drop(runtime);
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 30_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 121.55 x 0.01"]);
    let story = world.story(&key, 1).await;
    let bands: Vec<_> = story
        .iter()
        .filter(|line| line.starts_with("band"))
        .collect();
    assert_eq!(bands, ["band 99.495 to 101.505"]);
}

/// Bought, and the sell of the pair was left hanging when the quotes were due; so old at 22 s that it is
/// to be renewed.
async fn hanging() -> (World, StrategyKey, Runtime) {
    let options = json!({
        "hangingOrdersCancelPct": 50, "maxOrderAge": 20_000, "filledOrderDelay": 600_000,
    });
    let (world, key, mut runtime) = started(options).await;
    fill(&world, Side::Buy);
    for second in 1..=20 {
        world.step(&mut runtime, second * 1_000).await;
    }
    assert_eq!(world.binance.open_in_words(), ["sell 110.55 x 0.01"]);
    (world, key, runtime)
}

#[tokio::test]
async fn of_a_hanging_order_what_is_left_is_renewed() {
    let (world, _, mut runtime) = hanging().await;
    let id = world.binance.open()[0].request.client_order_id.clone();
    world.binance.fill(&id, "0.004");
    world.step(&mut runtime, 21_000).await;
    world.step(&mut runtime, 22_000).await;
    assert_eq!(world.binance.open_in_words(), ["sell 110.55 x 0.006"]);
    assert_ne!(world.binance.open()[0].request.client_order_id, id);
}

#[tokio::test]
async fn a_hanging_order_that_trades_or_stays_while_it_is_renewed_is_not_sold_twice() {
    for script in [Script::TradeFirst, Script::LoseRequest] {
        let (world, key, mut runtime) = hanging().await;
        world.binance.next_cancel(script);
        for second in 21..=40 {
            world.step(&mut runtime, second * 1_000).await;
            let sells = world.binance.all();
            let sells = sells.iter().filter(|order| order.is(Side::Sell));
            assert_eq!(sells.count(), 1, "{script:?}");
        }
        let story = world.story(&key, 1).await;
        let told =
            "skipped: no order was renewed: what was to be cancelled traded or may still be there";
        assert!(story.iter().any(|line| line == told), "{story:?}");
    }
}

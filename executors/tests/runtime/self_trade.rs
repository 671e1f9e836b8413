//! No order of ours ever meets another: of no instance, for no account.

use domain::execution::Side;
use serde_json::json;

use crate::support::{World, config};

const PMM: &str = "pureMarketMaking";
const VOLUME: &str = "volume";

#[tokio::test]
async fn two_accounts_do_not_trade_with_each_other() {
    let world = World::new().await;
    world.binance.quote("100", "100");
    let tight = json!({"bidSpread": 0.01, "askSpread": 0.01});
    world.start("maker", PMM, config(PMM, tight)).await;
    // Sells at 98, into the market maker's buy at 99
    let low = json!({"postOnlySide": "sell", "incrementPercentage": 0, "pricePushRate": -1});
    let key = world.start("seller", VOLUME, config(VOLUME, low)).await;
    let mut runtime = world.runtime().await;
    for second in (0..60).step_by(10) {
        world.step(&mut runtime, second * 1000).await;
        let open = world.binance.open();
        let best = |side| {
            let prices = open.iter().filter(move |order| order.is(side));
            prices.map(|order| order.request.price.clone())
        };
        if let (Some(bid), Some(ask)) = (best(Side::Buy).max(), best(Side::Sell).min()) {
            assert!(bid < ask, "{bid} meets {ask} at {second} s");
        }
    }
    let story = world.story(&key, 1).await;
    let refused = "skipped: volume-1: it would trade with a live order of ours";
    assert!(story.contains(&refused.to_owned()), "{story:#?}");
    // What was refused was not intended, and did not count
    assert_eq!(world.execution(&key, 1).await.executed_trades, 1);
}

#[tokio::test]
async fn orders_of_a_former_process_count_before_anything_is_placed() {
    let world = World::new().await;
    world.binance.quote("100", "100");
    // `zz` sorts last, so its orders are read last
    let wide = json!({"bidSpread": 0.01, "askSpread": 0.01});
    let maker = world.start("zz", PMM, config(PMM, wide)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    drop(runtime);

    world.binance.quote("102", "102");
    let buy = json!({"postOnlySide": "buy", "incrementPercentage": 0});
    let buyer = world.start("aa", VOLUME, config(VOLUME, buy)).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 1000).await;
    assert_eq!(world.execution(&maker, 1).await.live_orders.len(), 2);
    // The sell at 101 was there first; it is replaced in the same step, after the refusal
    let story = world.story(&buyer, 1).await;
    assert_eq!(
        story,
        [
            "opened",
            "skipped: volume-0: it would trade with a live order of ours"
        ]
    );
}

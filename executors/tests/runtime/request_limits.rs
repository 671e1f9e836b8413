//! An exchange that takes only so many requests.

use std::num::NonZeroU32;

use serde_json::json;

use crate::support::{World, config};

const PMM: &str = "pureMarketMaking";

#[tokio::test]
async fn an_order_that_finds_no_place_is_not_sent_and_another_exchange_is_not_held_up() {
    let mut world = World::new().await;
    // The trades, a book, a ticker and rules are asked for first; then one order finds a place
    let five_at_once = NonZeroU32::new(30).unwrap();
    world.settings.requests_per_minute = [("binance".to_owned(), five_at_once)].into();
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let elsewhere = config(PMM, json!({"exchangeName": "mexc"}));
    world.start("v", PMM, elsewhere).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.binance.requests().len(), 1);
    assert_eq!(world.mexc.open().len(), 2);
    let story = world.story(&key, 1).await;
    let refused = "rejected: it was not sent: the exchange takes no more requests now \
                   (requests_per_minute)";
    assert_eq!(
        story.iter().filter(|line| *line == refused).count(),
        1,
        "{story:#?}"
    );
    assert_eq!(world.execution(&key, 1).await.live_orders.len(), 1);
}

//! A process that dies at any moment: between any two things it does to the log or to a venue.

use std::collections::BTreeSet;

use domain::execution::{ExecutionEvent, Side};
use domain::ids::StrategyKey;
use domain::instance::InstanceStatus;
use serde_json::{Value, json};

use crate::support::{Exchange, Fuse, World, config, decimal};

const ARBITRAGE: &str = "arbitrage";
const PMM: &str = "pureMarketMaking";
const VOLUME: &str = "volume";

/// Lets a runtime live until the fuse blows or it has done everything; says which.
async fn live(world: &World, passes: usize, seconds: std::ops::Range<i64>) -> bool {
    let fuse = Fuse::after(passes);
    let mut runtime = world.fused_runtime(&fuse).await;
    let life = async {
        for second in seconds {
            world.step(&mut runtime, second * 1000).await;
        }
    };
    tokio::select! {
        biased;
        () = fuse.blown() => true,
        () = life => false,
    }
}

/// Every order at an exchange was intended, exactly once, and asked for exactly once.
async fn assert_orders_match_the_log(world: &World, key: &StrategyKey, runs: u32, moment: usize) {
    let mut intended = BTreeSet::new();
    for run in 1..=runs {
        for event in world.events(key, run).await {
            if let ExecutionEvent::OrderIntended(intent) = event {
                let new = intended.insert(intent.client_order_id.clone());
                assert!(new, "intended twice (moment {moment})");
            }
        }
    }
    for venue in [&world.binance, &world.mexc] {
        let requests = venue.requests();
        let distinct: BTreeSet<_> = requests.iter().cloned().collect();
        assert_eq!(requests.len(), distinct.len(), "moment {moment}");
        for placed in venue.all() {
            let id = placed.request.client_order_id;
            assert!(intended.contains(&id), "{id} unknown (moment {moment})");
        }
    }
}

/// What the exchange holds open is what the log says is live.
async fn assert_nothing_is_unattended(world: &World, key: &StrategyKey, run: u32, moment: usize) {
    let execution = world.execution(key, run).await;
    let live: BTreeSet<_> = execution.live_orders.keys().cloned().collect();
    let open = world.binance.open();
    let open: BTreeSet<_> = open
        .into_iter()
        .map(|placed| placed.request.client_order_id)
        .collect();
    assert_eq!(open, live, "moment {moment}");
}

#[tokio::test]
async fn a_market_maker_survives_death_at_every_moment() {
    let moments = deaths_of_a_market_maker(false).await;
    assert!(moments > 15, "only {moments} moments were found");
}

#[tokio::test]
async fn so_does_one_whose_orders_are_replaced_in_one_request() {
    let moments = deaths_of_a_market_maker(true).await;
    assert!(moments > 12, "only {moments} moments were found");
}

/// Answers at how many moments it died.
async fn deaths_of_a_market_maker(at_once: bool) -> usize {
    let mut moment = 0;
    loop {
        let world = World::new().await;
        world.binance.replaces_at_once(at_once);
        let refresh = json!({"orderRefreshTime": 2000});
        let key = world.start("u", PMM, config(PMM, refresh)).await;
        let died = live(&world, moment, 0..2).await;
        world.binance.quote("200", "201");
        let died = live(&world, moment, 2..4).await || died;
        let mut runtime = world.runtime().await;
        for second in 4..20 {
            world.step(&mut runtime, second * 1000).await;
        }
        assert_orders_match_the_log(&world, &key, 1, moment).await;
        assert_nothing_is_unattended(&world, &key, 1, moment).await;
        assert_eq!(
            world.binance.open_in_words(),
            ["buy 180.45 x 0.01", "sell 220.55 x 0.01"],
            "moment {moment}"
        );
        if !died {
            return moment;
        }
        moment += 1;
    }
}

#[tokio::test]
async fn a_stop_survives_death_at_every_moment() {
    let mut moment = 0;
    loop {
        let mut world = World::new().await;
        world.settings.save_every = 1;
        let key = world.start("u", PMM, config(PMM, json!({}))).await;
        let mut runtime = world.runtime().await;
        world.step(&mut runtime, 0).await;
        drop(runtime);
        world.stop(&key).await;
        let died = live(&world, moment, 1..2).await;
        let mut runtime = world.runtime().await;
        for second in 2..20 {
            world.step(&mut runtime, second * 1000).await;
        }
        assert!(world.binance.open().is_empty(), "moment {moment}");
        assert!(world.execution(&key, 1).await.closed, "moment {moment}");
        assert_orders_match_the_log(&world, &key, 1, moment).await;
        if !died {
            break;
        }
        moment += 1;
    }
    assert!(moment > 8, "only {moment} moments were found");
}

#[tokio::test]
async fn a_volume_never_trades_more_than_it_should() {
    let trades = json!({"numTrades": 3, "intervalTime": 2});
    let mut config: serde_json::Map<String, Value> = config(VOLUME, trades);
    config.remove("postOnlySide");
    let mut moment = 0;
    loop {
        let mut world = World::new().await;
        world.settings.save_every = 1;
        let key = world.start("u", VOLUME, config.clone()).await;
        let died = live(&world, moment, 0..5).await;
        let mut runtime = world.runtime().await;
        for second in 5..40 {
            world.step(&mut runtime, second * 1000).await;
        }
        assert_orders_match_the_log(&world, &key, 1, moment).await;
        let execution = world.execution(&key, 1).await;
        assert_eq!(execution.executed_trades, 3, "moment {moment}");
        assert_eq!(execution.intended, 3, "moment {moment}");
        assert!(execution.closed, "moment {moment}");
        assert_eq!(world.status(&key).await, InstanceStatus::Stopped);
        assert!(world.binance.open().is_empty(), "moment {moment}");
        if !died {
            break;
        }
        moment += 1;
    }
    assert!(moment > 15, "only {moment} moments were found");
}

/// Trades whatever is within the market.
fn trade_what_can(venue: &Exchange, bid: &str, ask: &str) {
    for order in venue.open() {
        let price = order.request.price.amount();
        let trades = match order.request.side {
            Side::Buy => *price >= decimal(ask),
            Side::Sell => *price <= decimal(bid),
        };
        if trades {
            let left = order.left().to_string();
            venue.fill(&order.request.client_order_id, &left);
        }
    }
}

#[tokio::test]
async fn an_arbitrage_ends_with_both_legs_or_neither_or_says_so() {
    let chance = json!({"amountToTrade": 1, "minProfitability": 0.01, "legTimeoutSeconds": 8});
    let mut moment = 0;
    loop {
        let world = World::new().await;
        world.binance.quote("99", "100");
        world.mexc.quote("102", "103");
        let key = world
            .start("u", ARBITRAGE, config(ARBITRAGE, chance.clone()))
            .await;
        let died = live(&world, moment, 0..2).await;
        // The buy trades, and the other market leaves before the sell has
        trade_what_can(&world.binance, "99", "100");
        world.mexc.quote("99.5", "102.5");
        let died = live(&world, moment, 2..12).await || died;
        let mut runtime = world.runtime().await;
        for second in 12..60 {
            world.step(&mut runtime, second * 1000).await;
            trade_what_can(&world.binance, "99", "100");
            trade_what_can(&world.mexc, "99.5", "102.5");
        }
        world.step(&mut runtime, 60_000).await;
        assert_orders_match_the_log(&world, &key, 1, moment).await;
        let mut naked = decimal("0");
        for order in [world.binance.all(), world.mexc.all()].concat() {
            naked = match order.request.side {
                Side::Buy => &naked + &order.filled(),
                Side::Sell => &naked - &order.filled(),
            };
        }
        let run = world.execution(&key, 1).await;
        let net = run.net_base.clone().unwrap_or_else(|| decimal("0"));
        assert_eq!(net, naked, "moment {moment}");
        assert!(run.live_orders.is_empty(), "moment {moment}");
        let story = world.story(&key, 1).await;
        let said = story
            .iter()
            .any(|line| line.contains("no book can take it"));
        assert!(
            naked.is_zero() || said,
            "{naked} (moment {moment}) {story:#?}"
        );
        if !died {
            break;
        }
        moment += 1;
    }
    assert!(moment > 15, "only {moment} moments were found");
}

#[tokio::test]
async fn an_owner_that_was_replaced_can_neither_record_nor_send() {
    let world = World::new().await;
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let mut stale = world.runtime().await;
    world.step(&mut stale, 0).await;
    let mut owner = world.runtime().await;
    world.step(&mut owner, 1000).await;

    // The price moves; the stale one is due, but the stream has moved on without it
    world.binance.quote("200", "201");
    let before = world.binance.open();
    let events = world.events(&key, 1).await.len();
    world.set_time(15_000);
    world.step(&mut stale, 15_000).await;
    assert_eq!(world.binance.open().len(), before.len());
    assert_eq!(world.binance.requests().len(), 2, "it sent nothing");
    assert_eq!(world.events(&key, 1).await.len(), events);

    // Nor does it take the run back: there would be no end to it
    for second in 16..40 {
        world.step(&mut stale, second * 1000).await;
    }
    assert_eq!(world.binance.requests().len(), 2);
    assert_eq!(world.events(&key, 1).await.len(), events);
    world.step(&mut owner, 40_000).await;
    assert_eq!(world.binance.requests().len(), 4, "the owner goes on");
}

#[tokio::test]
async fn an_order_that_could_not_be_recorded_is_not_sent() {
    let world = World::new().await;
    let one_percent = json!({"amountToTrade": 1, "minProfitability": 0.01});
    let key = world
        .start("u", "arbitrage", config("arbitrage", one_percent))
        .await;
    let mut stale = world.runtime().await;
    world.step(&mut stale, 0).await;
    let mut owner = world.runtime().await;
    world.step(&mut owner, 1000).await;

    // A chance appears, and the stale one sees it first
    world.mexc.quote("105", "106");
    world.step(&mut stale, 10_000).await;
    assert!(world.binance.requests().is_empty());
    assert!(world.mexc.requests().is_empty());
    assert!(world.execution(&key, 1).await.live_orders.is_empty());
}

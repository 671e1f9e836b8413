//! Venues whose answers go wrong on purpose, and runs that bear it.

use std::sync::Arc;
use std::time::Duration;

use domain::execution::{Execution, ExecutionEvent, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use executors::market::{MarketConfig, PaperMarket};
use executors::venue::faults::{Chance, FaultSettings, FaultyVenue};
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use executors::venue::{
    OrderAnswer, OrderRequest, PlaceAnswer, ReportedState, TimeInForce, Venue, VenueError, Venues,
};
use serde_json::json;

use crate::support::{World, config, decimal};

const PAIR: &str = "WLD/USDT";
const PMM: &str = "pureMarketMaking";

fn faulty(world: &World, change: impl Fn(&mut FaultSettings)) -> FaultyVenue {
    let mut settings = FaultSettings::none(7);
    change(&mut settings);
    FaultyVenue::new(
        "binance",
        world.binance.clone(),
        world.clock.clone(),
        settings,
    )
}

fn order(id: &str) -> OrderRequest {
    OrderRequest {
        client_order_id: ClientOrderId::new(id),
        pair: PAIR.to_owned(),
        side: Side::Buy,
        price: Price::try_new(decimal("99")).unwrap(),
        quantity: Quantity::try_new(decimal("1")).unwrap(),
        post_only: true,
        time_in_force: TimeInForce::GoodTilCancelled,
    }
}

#[tokio::test]
async fn a_lost_answer_leaves_the_order_and_a_lost_request_does_not() {
    let world = World::new().await;
    let answers = faulty(&world, |settings| settings.lost_answers = Chance::ALWAYS);
    let requests = faulty(&world, |settings| settings.lost_requests = Chance::ALWAYS);
    for (venue, id) in [(&answers, "a"), (&requests, "b")] {
        let answer = venue.place(&order(id)).await;
        assert!(matches!(answer, PlaceAnswer::Unknown { .. }), "{answer:?}");
    }
    let open = world.binance.open();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].request.client_order_id.as_str(), "a");
}

#[tokio::test]
async fn while_disconnected_nothing_passes() {
    let world = World::new().await;
    let venue = faulty(&world, |settings| settings.disconnects = Chance::ALWAYS);
    let answer = venue.place(&order("a")).await;
    assert!(matches!(answer, PlaceAnswer::Unknown { .. }));
    assert!(world.binance.all().is_empty());
    let error = venue.book(PAIR).await.unwrap_err();
    assert!(matches!(error, VenueError::Unavailable { .. }));
    assert!(venue.fills_since(None).await.is_err());
    assert!(venue.balances(PAIR).await.is_err());
}

#[tokio::test]
async fn trades_come_late_or_twice_and_never_get_lost() {
    let world = World::new().await;
    for (change, soon, later) in [("late", 0, 1), ("repeated", 2, 1)] {
        let venue = faulty(&world, |settings| match change {
            "late" => settings.late_fills = Chance::ALWAYS,
            _ => settings.repeated_fills = Chance::ALWAYS,
        });
        let start = venue.fills_since(None).await.unwrap().cursor;
        world.set_time(0);
        venue.place(&order(change)).await;
        world.binance.fill(&ClientOrderId::new(change), "1");
        let page = venue.fills_since(Some(start)).await.unwrap();
        assert_eq!(page.fills.len(), soon, "{change}");
        world.set_time(3_000);
        let next = venue.fills_since(Some(page.cursor)).await.unwrap();
        assert_eq!(next.fills.len(), later, "{change}");
        let last = venue.fills_since(Some(next.cursor)).await.unwrap();
        assert!(last.fills.is_empty(), "{change}");
    }
}

#[tokio::test]
async fn books_stand_still_or_cross() {
    let world = World::new().await;
    let stale = faulty(&world, |settings| settings.stale_books = Chance::ALWAYS);
    let crossed = faulty(&world, |settings| settings.crossed_books = Chance::ALWAYS);
    let before = stale.book(PAIR).await.unwrap();
    world.binance.quote("200", "201");
    assert_eq!(stale.book(PAIR).await.unwrap(), before);
    let book = crossed.book(PAIR).await.unwrap();
    assert_eq!(*book.best_bid().unwrap(), decimal("201"));
    assert_eq!(*book.best_ask().unwrap(), decimal("200"));
    let ticker = crossed.ticker(PAIR).await.unwrap();
    assert!(ticker.bid > ticker.ask);
}

fn of_everything(seed: u64) -> FaultSettings {
    let chance = |text: &str| Chance::of(&decimal(text)).unwrap();
    FaultSettings {
        lost_requests: chance("0.1"),
        lost_answers: chance("0.1"),
        repeated_fills: chance("0.3"),
        late_fills: chance("0.3"),
        disconnects: chance("0.1"),
        stale_books: chance("0.1"),
        crossed_books: chance("0.1"),
        ..FaultSettings::none(seed)
    }
}

async fn paper(world: &World) -> Arc<PaperVenue> {
    let market = PaperMarket::try_new(MarketConfig::new(7, world.set_time(0))).unwrap();
    let path = world.dir.path().join("paper.sqlite");
    Arc::new(PaperVenue::new(
        "binance",
        Arc::new(market),
        PaperLedger::open(&path).await.unwrap(),
        world.clock.clone(),
        PaperSettings::default(),
    ))
}

#[tokio::test]
async fn on_a_book_that_stands_still_nothing_is_placed_for_long() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let settings = FaultSettings {
        stale_books: Chance::ALWAYS,
        ..FaultSettings::none(7)
    };
    let stale = FaultyVenue::new("binance", paper, world.clock.clone(), settings);
    let venues = Venues::new([("binance".to_owned(), Arc::new(stale) as Arc<dyn Venue>)]);
    let each_second = json!({"symbol": PAIR, "intervalTime": 1, "tradeAmount": 1, "numTrades": 90});
    let key = world
        .start("u", "volume", config("volume", each_second))
        .await;
    let mut runtime = world.runtime_with(world.log.clone(), venues).await;
    for second in 0..30 {
        world.step(&mut runtime, second * 1000).await;
    }
    let story = world.story(&key, 1).await;
    let last = story.iter().rfind(|line| line.starts_with("intended"));
    assert!(last.unwrap().contains("volume-15"), "{story:#?}");
    let refused = "skipped: volume-16: what is known of the market is 16 s old, more than 15 s, \
                   the limit";
    assert!(story.contains(&refused.to_owned()), "{story:#?}");
}

/// Ten minutes of market making on a venue that fails, then a process on one that does not.
async fn bear(settings: FaultSettings, patience: Duration) -> Vec<ExecutionEvent> {
    let seed = settings.seed;
    let mut world = World::new().await;
    world.settings.venue_timeout = patience;
    let paper = paper(&world).await;
    let quotes = json!({
        "pair": PAIR, "bidSpread": 0.0005, "askSpread": 0.0005, "orderAmount": 20,
        "numberOfLayers": 2, "orderRefreshTime": 10_000,
    });
    let key = world.start("u", PMM, config(PMM, quotes)).await;
    let venues = |venue: Arc<dyn Venue>| Venues::new([("binance".to_owned(), venue)]);
    let bad = FaultyVenue::new("binance", paper.clone(), world.clock.clone(), settings);
    let mut runtime = world
        .runtime_with(world.log.clone(), venues(Arc::new(bad)))
        .await;
    for second in (0..600).step_by(5) {
        world.step(&mut runtime, second * 1000).await;
    }
    drop(runtime);
    let good = venues(paper.clone());
    world.settings.venue_timeout = Duration::from_secs(5);
    let mut runtime = world.runtime_with(world.log.clone(), good).await;
    world.stop(&key).await;
    for second in 600..620 {
        world.step(&mut runtime, second * 1000).await;
    }

    let execution = world.execution(&key, 1).await;
    assert!(execution.closed, "seed {seed}");
    assert!(execution.fills > 0, "seed {seed}");
    let events = world.events(&key, 1).await;
    assert_agreement(&execution, &events, paper.as_ref()).await;
    events
}

/// Each trade of the venue counts once in the log, and none of its orders is open.
async fn assert_agreement(execution: &Execution, events: &[ExecutionEvent], venue: &PaperVenue) {
    let (mut base, mut fills) = (Decimal::zero(), 0);
    for event in events {
        let ExecutionEvent::OrderIntended(intent) = event else {
            continue;
        };
        let OrderAnswer::Known(report) = venue.order(PAIR, &intent.client_order_id).await else {
            continue;
        };
        assert_ne!(report.state, ReportedState::Open, "left at the venue");
        fills += report.fills.len() as u64;
        for fill in &report.fills {
            base = match intent.side {
                Side::Buy => &base + fill.quantity.amount(),
                Side::Sell => &base - fill.quantity.amount(),
            };
        }
    }
    assert_eq!(execution.fills, fills);
    assert_eq!(execution.net_base, Some(base));
}

#[tokio::test]
async fn whatever_goes_wrong_each_trade_counts_once_and_nothing_is_left_behind() {
    for seed in 0..4 {
        let settings = FaultSettings {
            silences: Chance::of(&decimal("0.05")).unwrap(),
            ..of_everything(seed)
        };
        bear(settings, Duration::from_millis(20)).await;
    }
}

/// Without silences: how long somebody waits in vain is not up to the seed.
#[tokio::test]
async fn the_same_seed_goes_wrong_in_the_same_way() {
    let mut histories = vec![];
    for seed in [3, 3, 4] {
        histories.push(bear(of_everything(seed), Duration::from_mins(1)).await);
    }
    assert_eq!(histories[0], histories[1]);
    assert_ne!(histories[0], histories[2]);
}

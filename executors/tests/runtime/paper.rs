//! The paper venue: on its own, and under a runtime.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;
use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use executors::market::{MarketConfig, PaperMarket};
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use executors::venue::{OrderAnswer, OrderReport, OrderRequest, PlaceAnswer, ReportedState, Venue};
use serde_json::json;

use crate::support::{World, config, decimal};

const PAIR: &str = "WLD/USDT";

struct Paper {
    world: World,
    market: Arc<PaperMarket>,
}

impl Paper {
    async fn new() -> Self {
        let world = World::new().await;
        let epoch = world.set_time(0);
        let market = PaperMarket::try_new(MarketConfig::new(7, epoch)).unwrap();
        Self {
            market: Arc::new(market),
            world,
        }
    }

    /// The venue as a new process finds it.
    async fn venue(&self, name: &str) -> PaperVenue {
        let path = self.world.dir.path().join("paper.sqlite");
        PaperVenue::new(
            name,
            self.market.clone(),
            PaperLedger::open(&path).await.unwrap(),
            self.world.clock.clone(),
            PaperSettings::default(),
        )
    }

    fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    /// Best bid and best ask.
    fn best(&self) -> (Decimal, Decimal) {
        let book = self.market.book_at("binance", PAIR, self.now()).unwrap();
        (
            book.best_bid().cloned().unwrap(),
            book.best_ask().cloned().unwrap(),
        )
    }
}

fn order(id: &str, side: Side, price: &Decimal, quantity: &str) -> OrderRequest {
    OrderRequest {
        client_order_id: ClientOrderId::new(id),
        pair: PAIR.to_owned(),
        side,
        price: Price::try_new(price.clone()).unwrap(),
        quantity: Quantity::try_new(decimal(quantity)).unwrap(),
        post_only: true,
    }
}

fn rejection(answer: PlaceAnswer) -> String {
    match answer {
        PlaceAnswer::Rejected { reason } => reason,
        other => panic!("{other:?} is no rejection"),
    }
}

async fn report(venue: &PaperVenue, id: &str) -> OrderReport {
    match venue.order(PAIR, &ClientOrderId::new(id)).await {
        OrderAnswer::Known(report) => report,
        other => panic!("{id}: {other:?}"),
    }
}

fn filled(report: &OrderReport) -> Decimal {
    let fills = report.fills.iter();
    fills.fold(Decimal::zero(), |sum, fill| &sum + fill.quantity.amount())
}

#[tokio::test]
async fn the_same_order_twice_is_one_order() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, _) = paper.best();
    let first = venue.place(&order("a", Side::Buy, &bid, "10")).await;
    paper.world.set_time(500);
    let venue = paper.venue("binance").await;
    let second = venue.place(&order("a", Side::Buy, &bid, "10")).await;
    assert!(matches!(first, PlaceAnswer::Acknowledged { .. }));
    assert_eq!(first, second, "also after the process was replaced");
    let unknown = venue.order(PAIR, &ClientOrderId::new("b")).await;
    assert_eq!(unknown, OrderAnswer::NotFound);
}

#[tokio::test]
async fn refuses_what_no_exchange_would_take() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, ask) = paper.best();
    let post_only = venue.place(&order("a", Side::Buy, &ask, "10")).await;
    assert_eq!(
        rejection(post_only),
        "a post-only order must not take liquidity"
    );
    let between = &bid + &decimal("0.00000001");
    let off_tick = venue.place(&order("b", Side::Buy, &between, "10")).await;
    assert!(rejection(off_tick).contains("is not a multiple of"));
    let elsewhere = OrderRequest {
        pair: "nonsense".to_owned(),
        ..order("c", Side::Buy, &bid, "10")
    };
    let elsewhere = rejection(venue.place(&elsewhere).await);
    assert_eq!(elsewhere, "binance has no market nonsense");
    for id in ["a", "b", "c"] {
        let answer = venue.order(PAIR, &ClientOrderId::new(id)).await;
        assert_eq!(answer, OrderAnswer::NotFound);
    }
}

#[tokio::test]
async fn two_orders_of_ours_never_meet() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, ask) = paper.best();
    let (low, high) = (&bid * &decimal("0.5"), &ask * &decimal("2"));
    let tick = decimal("0.0001");
    let (low, high) = (low.floor_to(&tick), high.floor_to(&tick));
    let buy = venue.place(&order("buy", Side::Buy, &bid, "10")).await;
    assert!(matches!(buy, PlaceAnswer::Acknowledged { .. }));
    let sell = OrderRequest {
        post_only: false,
        ..order("sell", Side::Sell, &low, "10")
    };
    assert_eq!(rejection(venue.place(&sell).await), "self-trade prevention");
    let far = venue.place(&order("far", Side::Sell, &high, "10")).await;
    assert!(matches!(far, PlaceAnswer::Acknowledged { .. }));
}

#[tokio::test]
async fn what_takes_liquidity_trades_at_once_within_its_limit() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (_, ask) = paper.best();
    let limit = (&ask * &decimal("1.001")).floor_to(&decimal("0.0001"));
    let taker = OrderRequest {
        post_only: false,
        ..order("a", Side::Buy, &limit, "1")
    };
    venue.place(&taker).await;
    let report = report(&venue, "a").await;
    assert_eq!(report.state, ReportedState::Filled);
    assert_eq!(filled(&report), decimal("1"));
    assert_eq!(*report.fills[0].price.amount(), ask);
    assert!(
        report
            .fills
            .iter()
            .all(|fill| fill.price.amount() <= &limit)
    );
    let fee = &report.fills[0];
    assert_eq!(
        fee.fee,
        &fee.price.notional(&fee.quantity) * &decimal("0.001")
    );
    assert_eq!(fee.fee_currency, "USDT");
}

#[tokio::test]
async fn orders_trade_also_for_the_time_no_process_ran_and_no_more_than_the_market_did() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, ask) = paper.best();
    let huge = "100000000";
    venue.place(&order("near", Side::Buy, &bid, "10")).await;
    venue.place(&order("huge", Side::Sell, &ask, huge)).await;
    drop(venue);

    let from = paper.now();
    let now = paper.world.set_time(6 * 3_600_000);
    let venue = paper.venue("binance").await;
    let near = report(&venue, "near").await;
    assert_eq!(near.state, ReportedState::Filled);
    assert!(near.fills.iter().all(|fill| *fill.price.amount() == bid));
    assert!(
        near.fills
            .iter()
            .all(|fill| fill.filled_at > from && fill.filled_at <= now)
    );
    let huge = report(&venue, "huge").await;
    let traded = paper
        .market
        .traded_between("binance", PAIR, from, now)
        .unwrap();
    assert_eq!(huge.state, ReportedState::Open);
    assert!(filled(&huge).is_positive(), "a part of it");
    assert!(filled(&huge) <= traded.bought);

    // Looking again at the same moment finds the same trades
    let again = report(&venue, "huge").await;
    assert_eq!(again, huge);
    let page = venue.fills_since(None).await.unwrap();
    assert!(page.fills.is_empty(), "only what comes from now on");
}

#[tokio::test]
async fn a_cancelled_order_stays_cancelled_and_keeps_its_trades() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (_, ask) = paper.best();
    let id = ClientOrderId::new("a");
    venue
        .place(&order("a", Side::Sell, &ask, "100000000"))
        .await;
    let start = venue.fills_since(None).await.unwrap().cursor;
    paper.world.set_time(3_600_000);
    let OrderAnswer::Known(cancelled) = venue.cancel(PAIR, &id).await else {
        panic!("the order is known");
    };
    let at = paper.now();
    assert_eq!(cancelled.state, ReportedState::Cancelled { at });
    let page = venue.fills_since(Some(start)).await.unwrap();
    assert_eq!(page.fills, cancelled.fills);
    paper.world.set_time(7_200_000);
    assert_eq!(
        venue.cancel(PAIR, &id).await,
        OrderAnswer::Known(cancelled.clone())
    );
    let later = venue.fills_since(Some(page.cursor)).await.unwrap();
    assert!(later.fills.is_empty());
}

#[tokio::test]
async fn a_market_maker_on_paper_trades_and_its_log_agrees_with_the_venue() {
    let paper = Paper::new().await;
    let quotes = json!({
        "pair": PAIR, "bidSpread": 0.0005, "askSpread": 0.0005, "orderAmount": 20,
        "numberOfLayers": 2,
    });
    let pmm = "pureMarketMaking";
    let world = &paper.world;
    let key = world.start("u", pmm, config(pmm, quotes)).await;
    let runtime = async || {
        let path = world.dir.path().join("paper.sqlite");
        let ledger = PaperLedger::open(&path).await.unwrap();
        let clock: Arc<dyn Clock> = world.clock.clone();
        let venues = PaperVenue::all(&paper.market, &ledger, &clock, &PaperSettings::default());
        world.runtime_with(world.log.clone(), venues).await
    };
    let mut before = runtime().await;
    for tick in 0..120 {
        world.step(&mut before, tick * 5000).await;
    }
    drop(before);
    let mut after = runtime().await;
    for tick in 240..300 {
        world.step(&mut after, tick * 5000).await;
    }
    world.stop(&key).await;
    world.step(&mut after, 1_500_000).await;

    let execution = world.execution(&key, 1).await;
    assert!(execution.closed);
    assert!(execution.fills > 0, "ten minutes at five basis points");
    let venue = paper.venue("binance").await;
    let (mut base, mut fills) = (Decimal::zero(), 0);
    for event in world.events(&key, 1).await {
        let domain::execution::ExecutionEvent::OrderIntended(intent) = event else {
            continue;
        };
        let OrderAnswer::Known(report) = venue.order(PAIR, &intent.client_order_id).await else {
            continue;
        };
        assert_ne!(report.state, ReportedState::Open, "left at the venue");
        fills += report.fills.len() as u64;
        base = match intent.side {
            Side::Buy => &base + &filled(&report),
            Side::Sell => &base - &filled(&report),
        };
    }
    assert_eq!(execution.fills, fills);
    assert_eq!(execution.net_base, Some(base));
}

#[tokio::test]
async fn exchanges_share_a_file_and_nothing_else() {
    let paper = Paper::new().await;
    let (binance, mexc) = (paper.venue("binance").await, paper.venue("mexc").await);
    let (bid, ask) = paper.best();
    let cursor = mexc.fills_since(None).await.unwrap().cursor;
    let taker = OrderRequest {
        post_only: false,
        ..order("a", Side::Buy, &ask, "1")
    };
    binance.place(&taker).await;
    binance.place(&order("b", Side::Buy, &bid, "10")).await;
    assert!(
        mexc.fills_since(Some(cursor))
            .await
            .unwrap()
            .fills
            .is_empty()
    );
    let theirs = binance.fills_since(Some(cursor)).await.unwrap();
    assert_eq!(theirs.fills.len(), 1);
    assert!(paper.now() - theirs.fills[0].filled_at < TimeDelta::seconds(1));
}

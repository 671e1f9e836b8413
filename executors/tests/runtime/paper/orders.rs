//! What becomes of an order.

use chrono::TimeDelta;
use domain::execution::Side;
use domain::ids::ClientOrderId;
use executors::venue::paper::PaperSettings;
use executors::venue::{OrderAnswer, OrderRequest, PlaceAnswer, ReportedState, Venue};

use super::{PAIR, Paper, at_once, filled, order, rejection, report};
use crate::support::decimal;

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

#[tokio::test]
async fn an_immediate_order_takes_what_is_there_and_leaves_nothing_behind() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (_, ask) = paper.best();
    let book = paper.market.book_at("binance", PAIR, paper.now()).unwrap();
    let more = (&book.asks[0].quantity + &decimal("5")).to_string();
    let answer = venue.place(&at_once("a", Side::Buy, &ask, &more)).await;
    assert!(matches!(answer, PlaceAnswer::Acknowledged { .. }));
    let part = report(&venue, "a").await;
    assert_eq!(part.state, ReportedState::Cancelled { at: paper.now() });
    assert_eq!(filled(&part), book.asks[0].quantity);
    venue.place(&at_once("b", Side::Buy, &ask, "1")).await;
    assert_eq!(report(&venue, "b").await.state, ReportedState::Filled);

    paper.world.set_time(3_600_000);
    assert_eq!(report(&venue, "a").await, part, "nothing trades later");
    let post_only = OrderRequest {
        post_only: true,
        ..at_once("c", Side::Sell, &paper.best().1, "1")
    };
    let refused = rejection(venue.place(&post_only).await);
    assert_eq!(refused, "a post-only order cannot be immediate or cancel");
}

#[tokio::test]
async fn two_at_one_price_never_get_more_together_than_one_would() {
    let alone = Paper::new().await;
    let (_, ask) = alone.best();
    let venue = alone.venue("binance").await;
    let huge = "100000000";
    venue.place(&order("one", Side::Sell, &ask, huge)).await;
    let together = Paper::new().await;
    let shared = together.venue("binance").await;
    shared
        .place(&order("first", Side::Sell, &ask, "1000"))
        .await;
    shared.place(&order("second", Side::Sell, &ask, huge)).await;
    for minute in (10..360).step_by(10) {
        alone.world.set_time(minute * 60_000);
        together.world.set_time(minute * 60_000);
        let one = filled(&report(&venue, "one").await);
        let first = filled(&report(&shared, "first").await);
        let second = filled(&report(&shared, "second").await);
        assert_eq!(one, &first + &second, "after {minute} min");
        let served = first == decimal("1000");
        assert!(served || second.is_zero(), "the first comes first");
    }
    assert!(filled(&report(&shared, "second").await).is_positive());
}

#[tokio::test]
async fn an_order_trades_only_once_it_has_arrived() {
    let hours = |hours: i64| hours * 3_600_000;
    let traded_after = async |latency| {
        let paper = Paper::new().await;
        let settings = PaperSettings {
            latency,
            ..PaperSettings::default()
        };
        let venue = paper.venue_with("binance", settings).await;
        let (_, ask) = paper.best();
        let huge = order("a", Side::Sell, &ask, "100000000");
        venue.place(&huge).await;
        let arrival = paper.now() + latency;
        paper.world.set_time(hours(6));
        let early = filled(&report(&venue, "a").await);
        paper.world.set_time(hours(24));
        let late = report(&venue, "a").await;
        assert!(late.fills.iter().all(|fill| fill.filled_at >= arrival));
        (early.is_positive(), filled(&late).is_positive())
    };
    assert_eq!(traded_after(TimeDelta::zero()).await, (true, true));
    assert_eq!(traded_after(TimeDelta::hours(8)).await, (false, true));
}

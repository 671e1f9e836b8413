//! What the paper venue does not take, as no exchange would.

use domain::execution::Side;
use domain::ids::ClientOrderId;
use executors::venue::{OrderAnswer, OrderRequest, PlaceAnswer, Venue};

use super::{PAIR, Paper, order, rejection};
use crate::support::decimal;

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
async fn refuses_what_is_off_the_lot() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, _) = paper.best();
    let off_lot = venue.place(&order("a", Side::Buy, &bid, "10.001")).await;
    assert_eq!(
        rejection(off_lot),
        "the quantity 10.001 is not a multiple of 0.01"
    );
    let on_lot = venue.place(&order("b", Side::Buy, &bid, "10.01")).await;
    assert!(matches!(on_lot, PlaceAnswer::Acknowledged { .. }));
}

#[tokio::test]
async fn refuses_what_is_worth_too_little() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, _) = paper.best();
    // Many lots, and still not a dollar
    let (little, enough) = ("0.3", "3");
    assert!(&bid * &decimal(little) < decimal("1"));
    let cheap = venue.place(&order("a", Side::Buy, &bid, little)).await;
    assert_eq!(rejection(cheap), "its value is below the venue's minimum 1");
    let answer = venue.place(&order("b", Side::Buy, &bid, enough)).await;
    assert!(matches!(answer, PlaceAnswer::Acknowledged { .. }));
}

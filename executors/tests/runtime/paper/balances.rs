//! What an account has, and what its open orders may still use.

use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use executors::venue::paper::{PaperSettings, PaperVenue, StartingBalances};
use executors::venue::{PairBalances, Venue};

use super::{PAIR, Paper, at_once, order, rejection, report};
use crate::support::decimal;

fn with(usdt: &str, wld: &str) -> PaperSettings {
    let named = [("USDT", usdt), ("WLD", wld)];
    PaperSettings {
        starting_balances: StartingBalances {
            named: named
                .map(|(currency, amount)| (currency.to_owned(), decimal(amount)))
                .into(),
            others: Decimal::zero(),
        },
        ..PaperSettings::default()
    }
}

async fn balances(venue: &PaperVenue) -> PairBalances {
    venue.balances(PAIR).await.unwrap()
}

#[tokio::test]
async fn an_order_beyond_what_is_free_is_refused_in_a_sentence() {
    let paper = Paper::new().await;
    let venue = paper.venue_with("binance", with("100", "10")).await;
    let (bid, ask) = paper.best();
    venue.place(&order("a", Side::Sell, &ask, "7")).await;
    let refused = rejection(venue.place(&order("b", Side::Sell, &ask, "4")).await);
    assert_eq!(
        refused,
        "the order may need 4 WLD, and 3 are free at binance"
    );
    // The fee counts: all of the quote currency cannot be spent
    let all = decimal("100").checked_div(&bid).unwrap();
    let all = all.floor_to(&decimal("0.01"));
    let all = order("c", Side::Buy, &bid, &all.to_string());
    assert!(rejection(venue.place(&all).await).contains("USDT, and 100 are free"));
    assert_eq!(balances(&venue).await.base.reserved, decimal("7"));
}

#[tokio::test]
async fn what_an_order_reserved_is_given_back_when_it_ends() {
    let paper = Paper::new().await;
    let venue = paper.venue_with("binance", with("100", "10")).await;
    let (bid, _) = paper.best();
    venue.place(&order("a", Side::Buy, &bid, "20")).await;
    let held = balances(&venue).await.quote;
    assert_eq!(held.total, decimal("100"));
    assert_eq!(held.reserved, &(&bid * &decimal("20")) * &decimal("1.001"));
    // A new process knows it, too
    let venue = paper.venue_with("binance", with("1", "1")).await;
    assert_eq!(balances(&venue).await.quote, held);
    venue.cancel(PAIR, &ClientOrderId::new("a")).await;
    let quote = balances(&venue).await.quote;
    assert_eq!(quote.free(), decimal("100"));
}

#[tokio::test]
async fn a_trade_moves_both_currencies_and_the_fee() {
    let paper = Paper::new().await;
    let venue = paper.venue_with("binance", with("100", "10")).await;
    let (_, ask) = paper.best();
    venue.place(&at_once("a", Side::Buy, &ask, "20")).await;
    let fill = &report(&venue, "a").await.fills[0];
    let after = balances(&venue).await;
    assert_eq!(after.base.total, decimal("30"));
    let spent = &fill.price.notional(&fill.quantity) + &fill.fee;
    assert_eq!(after.quote.total, &decimal("100") - &spent);
    assert!(after.base.reserved.is_zero() && after.quote.reserved.is_zero());
}

#[tokio::test]
async fn accounts_and_exchanges_are_apart() {
    let paper = Paper::new().await;
    let other = PaperSettings {
        account: "other".to_owned(),
        ..with("100", "10")
    };
    let ours = paper.venue_with("binance", with("100", "10")).await;
    let theirs = paper.venue_with("binance", other).await;
    let elsewhere = paper.venue_with("mexc", with("100", "10")).await;
    let (_, ask) = paper.best();
    let start = theirs.fills_since(None).await.unwrap().cursor;
    ours.place(&at_once("a", Side::Buy, &ask, "20")).await;
    assert_eq!(balances(&ours).await.base.total, decimal("30"));
    for untouched in [&theirs, &elsewhere] {
        assert_eq!(balances(untouched).await.base.total, decimal("10"));
    }
    let page = theirs.fills_since(Some(start)).await.unwrap();
    assert!(page.fills.is_empty(), "a trade of another account");
}

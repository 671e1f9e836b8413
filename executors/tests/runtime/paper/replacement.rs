//! Orders in the place of others, in one request.

use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use executors::venue::paper::{PaperSettings, StartingBalances};
use executors::venue::{
    OldOrder, OrderAnswer, OrderRequest, PlaceAnswer, ReplaceAnswer, Replacement, Replaces,
    ReportedState, Venue,
};

use super::{PAIR, Paper, filled, order, rejection, report};
use crate::support::decimal;

fn instead_of(old: &str, filled: Decimal, new: OrderRequest) -> Replacement {
    Replacement {
        old: vec![OldOrder {
            client_order_id: ClientOrderId::new(old),
            pair: PAIR.to_owned(),
            filled,
        }],
        new: vec![new],
    }
}

/// Pays for one of the orders here, and not for two.
fn for_one_order() -> PaperSettings {
    PaperSettings {
        starting_balances: StartingBalances {
            others: decimal("100"),
            ..StartingBalances::default()
        },
        ..PaperSettings::default()
    }
}

#[tokio::test]
async fn the_new_order_has_what_the_old_one_had_reserved() {
    let paper = Paper::new().await;
    let venue = paper.venue_with("binance", for_one_order()).await;
    let (_, ask) = paper.best();
    venue.place(&order("old", Side::Sell, &ask, "60")).await;
    let refused = venue.place(&order("new", Side::Sell, &ask, "70")).await;
    assert!(rejection(refused).contains("40 are free"));

    let replacement = instead_of("old", Decimal::zero(), order("new", Side::Sell, &ask, "70"));
    let answer = venue.replace(&replacement).await;
    let again = venue.replace(&replacement).await;
    assert_eq!(answer, again, "repeating it changes nothing");
    let ReplaceAnswer::Replaced { old, new } = answer else {
        panic!("{answer:?}");
    };
    let [OrderAnswer::Known(old)] = &old[..] else {
        panic!("{old:?}");
    };
    let [PlaceAnswer::Acknowledged { at, .. }] = &new[..] else {
        panic!("{new:?}");
    };
    let gone = ReportedState::Cancelled { at: *at };
    assert_eq!(old.state, gone, "nothing comes between the two");
    let reserved = venue.balances(PAIR).await.unwrap().base.reserved;
    assert_eq!(reserved, decimal("70"));
}

#[tokio::test]
async fn nothing_comes_in_the_place_of_what_traded_more_than_is_known() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, ask) = paper.best();
    venue.place(&order("old", Side::Buy, &bid, "2000000")).await;
    let mut ms = 0;
    let traded = loop {
        ms += 1000;
        paper.world.set_time(ms);
        let report = report(&venue, "old").await;
        if !filled(&report).is_zero() {
            break filled(&report);
        }
    };
    let (known, new) = (
        Decimal::zero(),
        order("new", Side::Sell, &(&ask + &ask), "1"),
    );
    let answer = venue.replace(&instead_of("old", known, new.clone())).await;
    let ReplaceAnswer::NotReplaced { old } = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(old, [OrderAnswer::Known(report(&venue, "old").await)]);
    let unknown = venue.order(PAIR, &new.client_order_id).await;
    assert_eq!(unknown, OrderAnswer::NotFound);

    let answer = venue.replace(&instead_of("old", traded, new)).await;
    assert!(
        matches!(answer, ReplaceAnswer::Replaced { .. }),
        "{answer:?}"
    );
}

#[tokio::test]
async fn nothing_comes_in_the_place_of_what_was_never_there() {
    let paper = Paper::new().await;
    let venue = paper.venue("binance").await;
    let (bid, _) = paper.best();
    let new = order("new", Side::Buy, &bid, "10");
    let answer = venue
        .replace(&instead_of("old", Decimal::zero(), new))
        .await;
    let old = vec![OrderAnswer::NotFound];
    assert_eq!(answer, ReplaceAnswer::NotReplaced { old });
}

#[tokio::test]
async fn a_new_order_that_is_refused_brings_the_old_one_not_back() {
    let paper = Paper::new().await;
    let venue = paper.venue_with("binance", for_one_order()).await;
    let (_, ask) = paper.best();
    venue.place(&order("old", Side::Sell, &ask, "60")).await;
    let too_much = order("new", Side::Sell, &ask, "101");
    let answer = venue
        .replace(&instead_of("old", Decimal::zero(), too_much))
        .await;
    let ReplaceAnswer::Replaced { mut new, .. } = answer else {
        panic!("{answer:?}");
    };
    assert!(rejection(new.remove(0)).contains("100 are free"));
    let old = report(&venue, "old").await;
    assert!(matches!(old.state, ReportedState::Cancelled { .. }));
}

//! An exchange that has said what was recorded, and what is made of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::execution::Fill;
use domain::money::Decimal;
use executors::venue::{LiveExchange, OrderAnswer, OrderReport, PlaceAnswer, Venue};

use crate::loopback::{Asked, Loopback, Reply};
use crate::support::{failing, markets_of, order, pair, venue};

/// It has said these, and nothing else but its markets.
pub(super) async fn which_said(exchange: LiveExchange, answers: &[(&str, &str)]) -> Loopback {
    let owned = |(what, text): &(&str, &str)| ((*what).to_owned(), (*text).to_owned());
    let answers: BTreeMap<String, String> = answers.iter().map(owned).collect();
    Loopback::start(move |asked: &Asked| {
        let said = answers.get(&asked.what).map(String::as_str);
        let text = said.or_else(|| markets_of(exchange, &asked.what));
        Reply::Json(text.unwrap().to_owned())
    })
    .await
}

/// Its own number of an order that it acknowledged, and when that was.
pub(super) async fn acknowledged(
    exchange: LiveExchange,
    answer: (&str, &str),
) -> (String, DateTime<Utc>) {
    let server = which_said(exchange, &[answer]).await;
    let answer = venue(exchange, &server).place(&order(pair(exchange))).await;
    let PlaceAnswer::Acknowledged { venue_order_id, at } = answer else {
        panic!("{exchange:?}: {answer:?}");
    };
    (venue_order_id, at)
}

/// Why it has no order of ours and never will.
pub(super) async fn refused(
    exchange: LiveExchange,
    status: u16,
    text: impl Into<String>,
) -> String {
    let text = text.into();
    let server = failing(exchange, move || Reply::Status(status, text.clone())).await;
    let answer = venue(exchange, &server).place(&order(pair(exchange))).await;
    let PlaceAnswer::Rejected { reason } = answer else {
        panic!("{exchange:?}: {answer:?}");
    };
    reason
}

pub(super) fn known(answer: OrderAnswer) -> OrderReport {
    let OrderAnswer::Known(report) = answer else {
        panic!("the order is known: {answer:?}");
    };
    report
}

/// The trades that are told once an order was placed.
pub(super) async fn new_fills(exchange: LiveExchange, server: &Loopback) -> Vec<Fill> {
    let venue = venue(exchange, server);
    let begun = venue.fills_since(None).await.unwrap();
    venue.place(&order(pair(exchange))).await;
    let page = venue.fills_since(Some(begun.cursor)).await.unwrap();
    page.fills
}

/// Best bid and best ask, and how much there is of each.
pub(super) async fn best(exchange: LiveExchange, server: &Loopback) -> [String; 2] {
    let book = venue(exchange, server).book(pair(exchange)).await.unwrap();
    let shown = [&book.bids[0], &book.asks[0]];
    shown.map(|level| format!("{} of {}", level.quantity, level.price))
}

/// The last price, and what is bid and asked.
pub(super) async fn prices(exchange: LiveExchange, server: &Loopback) -> [String; 3] {
    let venue = venue(exchange, server);
    let ticker = venue.ticker(pair(exchange)).await.unwrap();
    [ticker.last, ticker.bid, ticker.ask].map(|price: Option<Decimal>| price.unwrap().to_string())
}

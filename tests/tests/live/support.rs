//! An account for tests, and orders to place with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::{Clock, FixedClock};
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::{Price, Quantity};
use executors::venue::ccxt::{CcxtVenue, LiveAccount};
use executors::venue::{
    Credentials, LiveExchange, OrderAnswer, OrderRequest, ReportedState, Secret, TimeInForce, Venue,
};

use crate::loopback::{Asked, Loopback, Reply};
use crate::{binance_answers, kraken, mexc, okx};

pub(crate) const KEY: &str = "the-api-key";
/// In base 64, because kraken's are.
pub(crate) const SECRET: &str = "dGhlLWFwaS1zZWNyZXQ=";
pub(crate) const PASSWORD: &str = "the-passphrase";

pub(crate) fn account(exchange: LiveExchange, server: &Loopback) -> LiveAccount {
    let credentials = Credentials {
        api_key: Secret::new(KEY),
        secret: Secret::new(SECRET),
        password: exchange.wants_password().then(|| Secret::new(PASSWORD)),
    };
    LiveAccount {
        address: Some(server.address.clone()),
        patience: Duration::from_millis(500),
        ..LiveAccount::new(exchange, credentials)
    }
}

pub(crate) fn venue(exchange: LiveExchange, server: &Loopback) -> CcxtVenue {
    CcxtVenue::try_new(&account(exchange, server), clock()).unwrap()
}

pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(FixedClock(now()))
}

/// A clock that moves by hand.
#[derive(Debug)]
pub(crate) struct Hands(AtomicI64);

impl Hands {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now().timestamp_millis())))
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        at(self.0.load(Ordering::SeqCst))
    }
}

/// Asks about the order until the exchange is to be believed that it has none.
pub(crate) async fn asked_again(exchange: LiveExchange, server: &Loopback) -> [OrderAnswer; 2] {
    let hands = Hands::new();
    let venue = CcxtVenue::try_new(&account(exchange, server), hands.clone()).unwrap();
    let first = venue.order(pair(exchange), &id()).await;
    hands.advance(TimeDelta::seconds(15));
    [first, venue.order(pair(exchange), &id()).await]
}

/// 2023-11-14T22:13:20Z, as the recorded answers have it.
pub(crate) fn now() -> DateTime<Utc> {
    at(1_700_000_000_000)
}

pub(crate) fn at(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap()
}

pub(crate) fn id() -> ClientOrderId {
    ClientOrderId::new("2kp9c0zq1x7a-1-0")
}

pub(crate) fn order(pair: &str) -> OrderRequest {
    OrderRequest {
        client_order_id: id(),
        pair: pair.to_owned(),
        side: Side::Buy,
        price: Price::try_new("2.4513".parse().unwrap()).unwrap(),
        quantity: Quantity::try_new("12.3".parse().unwrap()).unwrap(),
        post_only: true,
        time_in_force: TimeInForce::GoodTilCancelled,
    }
}

/// The trades of our order, which is there and filled.
pub(crate) async fn filled(venue: &CcxtVenue, pair: &str) -> Vec<Fill> {
    let OrderAnswer::Known(report) = venue.order(pair, &id()).await else {
        panic!("the order is there");
    };
    assert_eq!(report.state, ReportedState::Filled);
    report.fills
}

/// What was traded in each, and what it cost.
pub(crate) fn fees_of(fills: &[Fill]) -> Vec<String> {
    let fee = |fill: &Fill| {
        let (id, quantity) = (&fill.fill_id, fill.quantity.amount());
        format!("{id} {quantity} for {} {}", fill.fee, fill.fee_currency)
    };
    fills.iter().map(fee).collect()
}

pub(crate) fn ids_of(fills: &[Fill]) -> Vec<&str> {
    fills.iter().map(|fill| fill.fill_id.as_str()).collect()
}

pub(crate) fn pair(exchange: LiveExchange) -> &'static str {
    match exchange {
        LiveExchange::Binance => binance_answers::PAIR,
        LiveExchange::Kraken => kraken::PAIR,
        LiveExchange::Mexc => mexc::PAIR,
        LiveExchange::Okx => okx::PAIR,
    }
}

/// It tells its markets, and fails at everything else.
pub(crate) async fn failing(
    exchange: LiveExchange,
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> Loopback {
    Loopback::start(move |asked: &Asked| {
        let markets = markets_of(exchange, &asked.what);
        markets.map_or_else(&reply, |markets| Reply::Json(markets.to_owned()))
    })
    .await
}

/// What it says of its markets, where that was asked.
pub(crate) fn markets_of(exchange: LiveExchange, what: &str) -> Option<&'static str> {
    match (exchange, what) {
        (LiveExchange::Binance, "GET /api/v3/exchangeInfo") => Some(binance_answers::MARKETS),
        (LiveExchange::Mexc, "GET /api/v3/exchangeInfo") => Some(mexc::MARKETS),
        (LiveExchange::Okx, "GET /api/v5/public/instruments") => Some(okx::MARKETS),
        (LiveExchange::Kraken, "GET /0/public/AssetPairs") => Some(kraken::MARKETS),
        (LiveExchange::Kraken, "GET /0/public/Assets") => Some(kraken::CURRENCIES),
        _ => None,
    }
}

/// An exchange at an address where nobody listens.
pub(crate) async fn unreachable(exchange: LiveExchange) -> CcxtVenue {
    let server = Loopback::start(|_| Reply::Silence).await;
    let account = LiveAccount {
        address: Some("http://127.0.0.1:1".to_owned()),
        ..account(exchange, &server)
    };
    CcxtVenue::try_new(&account, clock()).unwrap()
}

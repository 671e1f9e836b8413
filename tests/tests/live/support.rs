//! An account for tests, and orders to place with it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::clock::{Clock, FixedClock};
use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::{Price, Quantity};
use executors::venue::ccxt::{CcxtVenue, LiveAccount};
use executors::venue::{Credentials, LiveExchange, OrderRequest, Secret, TimeInForce};

use crate::loopback::Loopback;

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

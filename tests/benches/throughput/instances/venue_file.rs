//! What the pretend exchange knows, held against the log: it is the outside world, and nobody told it
//! of a kill.

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::history::History;

pub(crate) struct Agreed {
    pub(crate) orders: usize,
    pub(crate) trades: usize,
}

/// Every order that the exchange has is acknowledged in the log and the other way round, every trade
/// is in both, once, and nothing is left in the book.
///
/// # Panics
///
/// When that is not so.
pub(crate) async fn agreed(folder: &Path, history: &History) -> Agreed {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("paper-venue.sqlite"))
        .read_only(true);
    let mut file = SqliteConnection::connect_with(&options)
        .await
        .expect("the venue's file");
    let open = "SELECT client_order_id FROM paper_orders WHERE state = 'open'";
    let open: Vec<String> = sqlx::query_scalar(open)
        .fetch_all(&mut file)
        .await
        .expect("orders");
    assert!(open.is_empty(), "nobody looks after {open:?}");
    let orders: Vec<String> = sqlx::query_scalar("SELECT client_order_id FROM paper_orders")
        .fetch_all(&mut file)
        .await
        .expect("orders");
    let trades: Vec<(String, i64)> =
        sqlx::query_as("SELECT client_order_id, number FROM paper_fills")
            .fetch_all(&mut file)
            .await
            .expect("trades");
    let orders: BTreeSet<String> = orders.into_iter().collect();
    let trades: BTreeSet<(String, String)> = trades
        .into_iter()
        .map(|(order, number)| (order, format!("paper-{number}")))
        .collect();
    let logged = history.acknowledged();
    let differing: Vec<_> = orders.symmetric_difference(&logged).collect();
    assert!(
        differing.is_empty(),
        "only one has the orders {differing:?}"
    );
    let differing: Vec<_> = trades.symmetric_difference(history.trades()).collect();
    assert!(
        differing.is_empty(),
        "only one has the trades {differing:?}"
    );
    Agreed {
        orders: orders.len(),
        trades: trades.len(),
    }
}

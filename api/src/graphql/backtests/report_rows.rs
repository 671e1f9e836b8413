//! What a report lists.

use async_graphql::SimpleObject;

use crate::backtests::{BacktestMarket, BacktestOrders, BacktestPoint, BacktestTrade};
use crate::graphql::connection::count;
use crate::graphql::executions::Side;
use crate::graphql::scalars::{Exact, Time};

#[derive(Debug, SimpleObject)]
#[graphql(name = "BacktestOrders")]
pub(super) struct Orders {
    placed: i64,
    rejected: i64,
    cancelled: i64,
    /// Orders of which something traded.
    filled: i64,
}

#[derive(Debug, SimpleObject)]
#[graphql(name = "BacktestMarket")]
pub(super) struct Market {
    exchange: String,
    pair: String,
    last_price: Exact,
    trades: i64,
    /// In base currency, as are the next three.
    bought: Exact,
    sold: Exact,
    inventory: Exact,
    /// The largest inventory, long or short, that was held.
    largest_inventory: Exact,
    profit: Exact,
}

#[derive(Debug, SimpleObject)]
#[graphql(name = "BacktestSkipped")]
pub(super) struct Skipped {
    reason: String,
    /// How often it began.
    count: i64,
}

#[derive(Debug, SimpleObject)]
#[graphql(name = "BacktestPoint")]
pub(super) struct Point {
    at: Time,
    profit: Exact,
    /// Of the first market.
    price: Exact,
    inventory: Exact,
}

#[derive(Debug, SimpleObject)]
#[graphql(name = "BacktestTrade")]
pub(super) struct Trade {
    at: Time,
    exchange: String,
    pair: String,
    side: Side,
    price: Exact,
    quantity: Exact,
}

impl Skipped {
    pub(super) fn of(reason: &str, times: u64) -> Self {
        Self {
            reason: reason.to_owned(),
            count: count(times),
        }
    }
}

impl From<BacktestOrders> for Orders {
    fn from(orders: BacktestOrders) -> Self {
        Self {
            placed: count(orders.placed),
            rejected: count(orders.rejected),
            cancelled: count(orders.cancelled),
            filled: count(orders.filled),
        }
    }
}

impl From<&BacktestMarket> for Market {
    fn from(market: &BacktestMarket) -> Self {
        Self {
            exchange: market.exchange.clone(),
            pair: market.pair.clone(),
            last_price: (&market.last_price).into(),
            trades: count(market.trades),
            bought: (&market.bought).into(),
            sold: (&market.sold).into(),
            inventory: (&market.inventory).into(),
            largest_inventory: (&market.largest_inventory).into(),
            profit: (&market.profit).into(),
        }
    }
}

impl From<&BacktestPoint> for Point {
    fn from(point: &BacktestPoint) -> Self {
        Self {
            at: point.at.into(),
            profit: (&point.profit).into(),
            price: (&point.price).into(),
            inventory: (&point.inventory).into(),
        }
    }
}

impl From<&BacktestTrade> for Trade {
    fn from(trade: &BacktestTrade) -> Self {
        Self {
            at: trade.at.into(),
            exchange: trade.exchange.clone(),
            pair: trade.pair.clone(),
            side: trade.side.into(),
            price: (&trade.price).into(),
            quantity: (&trade.quantity).into(),
        }
    }
}

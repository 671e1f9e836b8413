//! What a backtest found.

use std::sync::Arc;

use async_graphql::Object;

use super::report_rows::{Market, Orders, Point, Skipped, Trade};
use crate::backtests::{BacktestReport, Found};
use crate::graphql::connection::count;
use crate::graphql::executions::OtherFee;
use crate::graphql::scalars::{Exact, Time};

/// Its lists are in memory, and bounded: they cost less than rows of a table.
const LIST_COST: usize = 10;

#[derive(Debug)]
pub(super) struct Report(pub(super) Arc<Found>);

/// Amounts are in the quote currency unless they say otherwise.
#[Object(name = "BacktestReport")]
impl Report {
    /// Of the data.
    async fn from(&self) -> Time {
        self.found().from.into()
    }

    async fn until(&self) -> Time {
        self.found().until.into()
    }

    async fn step_seconds(&self) -> f64 {
        self.found().step_seconds
    }

    /// After fees, with what is held at the last price.
    async fn profit(&self) -> Exact {
        (&self.found().profit).into()
    }

    /// Of what was closed, before fees.
    async fn realised(&self) -> Exact {
        (&self.found().realised).into()
    }

    async fn unrealised(&self) -> Exact {
        (&self.found().unrealised).into()
    }

    async fn fees(&self) -> Exact {
        (&self.found().fees).into()
    }

    /// Paid in other coins; no part of the profit.
    async fn other_fees(&self) -> Vec<OtherFee> {
        let fees = self.found().other_fees.iter();
        fees.map(|(coin, amount)| OtherFee::new(coin, amount))
            .collect()
    }

    async fn volume(&self) -> Exact {
        (&self.found().volume).into()
    }

    /// The deepest fall of the profit from its highest point until then, looked at after every step.
    async fn max_drawdown(&self) -> Exact {
        (&self.found().max_drawdown).into()
    }

    /// The part of the time, from the first order on, with orders on both sides; null without orders.
    async fn both_sides_quoted(&self) -> Option<f64> {
        self.found().both_sides_quoted
    }

    async fn orders(&self) -> Orders {
        self.found().orders.into()
    }

    async fn markets(&self) -> Vec<Market> {
        self.found().markets.iter().map(Market::from).collect()
    }

    /// Why ticks decided nothing or left something out.
    async fn skipped(&self) -> Vec<Skipped> {
        let skipped = self.found().skipped.iter();
        skipped
            .map(|(reason, times)| Skipped::of(reason, *times))
            .collect()
    }

    /// Why it ended before the data did.
    async fn ended_early(&self) -> Option<&str> {
        self.found().ended_early.as_deref()
    }

    /// At most 601 moments, evenly spread; the extremes between them are in `maxDrawdown` and
    /// `largestInventory`.
    #[graphql(complexity = "LIST_COST * child_complexity + 1")]
    async fn equity(&self) -> Vec<Point> {
        self.found().equity.iter().map(Point::from).collect()
    }

    /// At most 1,000, evenly spread where there were more.
    #[graphql(complexity = "LIST_COST * child_complexity + 1")]
    async fn trades(&self) -> Vec<Trade> {
        self.found().trades.iter().map(Trade::from).collect()
    }

    /// Trades that `trades` does not have; the amounts have them all.
    async fn trades_left_out(&self) -> i64 {
        count(self.0.trades_left_out)
    }
}

impl Report {
    fn found(&self) -> &BacktestReport {
        &self.0.report
    }
}

//! A run's orders, fills and decisions.

use std::sync::Arc;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Enum, ID, Object, OutputType, Result};
use chrono::{DateTime, Utc};
use domain::ids::ExecutorType;
use event_store::EventLog;
use projections::executions::{Behind, Found, RunLog, decisions, fills, orders};

use super::decision::Decision;
use super::fill::Fill;
use super::market_position::MarketPosition;
use super::order::Order;
use crate::graphql::connection::{List, PageArgs, count, cursor, rows_cost};
use crate::graphql::context::loaders;
use crate::graphql::failure::past;
use crate::graphql::global_id::global_id;
use crate::graphql::instances::Instance;
use crate::graphql::node::Kind;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::{Exact, Time};

/// What an executor made of a run.
#[derive(Debug, Clone)]
pub(crate) struct Execution {
    pub(super) run: Arc<RunLog>,
    /// As far as the run is shown.
    pub(super) log: Arc<dyn EventLog>,
    pub(super) opened: Opened,
    pub(super) closed: Option<Closed>,
}

#[derive(Debug, Clone)]
pub(super) struct Opened {
    pub(super) at: DateTime<Utc>,
    pub(super) executor_type: ExecutorType,
}

#[derive(Debug, Clone)]
pub(super) struct Closed {
    pub(super) at: DateTime<Utc>,
    pub(super) reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum ExecutionState {
    Open,
    /// No order of the run is left at the venue; nothing more will happen.
    Closed,
}

#[Object]
impl Execution {
    pub(crate) async fn id(&self) -> ID {
        let run = self.run.run.to_string();
        global_id(Kind::Execution, &[self.run.key.as_str(), &run])
    }

    async fn instance_key(&self) -> &str {
        self.run.key.as_str()
    }

    async fn run(&self) -> u32 {
        self.run.run
    }

    async fn executor_type(&self) -> &str {
        self.opened.executor_type.as_str()
    }

    async fn state(&self) -> ExecutionState {
        if self.run.loaded.aggregate.closed {
            ExecutionState::Closed
        } else {
            ExecutionState::Open
        }
    }

    async fn opened_at(&self) -> Time {
        self.opened.at.into()
    }

    async fn closed_at(&self) -> Option<Time> {
        self.closed.as_ref().map(|closed| closed.at.into())
    }

    async fn close_reason(&self) -> Option<&str> {
        self.closed.as_ref().map(|closed| closed.reason.as_str())
    }

    async fn executed_trades(&self) -> u32 {
        self.run.loaded.aggregate.executed_trades
    }

    async fn intended_orders(&self) -> i64 {
        count(self.run.loaded.aggregate.intended)
    }

    /// Orders that may still be at the venue.
    async fn live_orders(&self) -> i64 {
        count(self.run.loaded.aggregate.live_orders.len())
    }

    async fn fill_count(&self) -> i64 {
        count(self.run.loaded.aggregate.fills)
    }

    /// Net base currency bought; negative when sold. Null before the first fill.
    async fn net_base(&self) -> Option<Exact> {
        self.run.loaded.aggregate.net_base.as_ref().map(Exact::from)
    }

    /// Net quote currency received; negative when spent. Null before the first fill.
    async fn net_quote(&self) -> Option<Exact> {
        self.run
            .loaded
            .aggregate
            .net_quote
            .as_ref()
            .map(Exact::from)
    }

    /// What the run's trades came to, per market.
    async fn positions(&self) -> Vec<MarketPosition> {
        let ledger = &self.run.loaded.aggregate.ledger;
        ledger.positions.iter().map(MarketPosition::from).collect()
    }

    async fn event_count(&self) -> i64 {
        count(self.run.loaded.version)
    }

    async fn instance(&self, ctx: &Context<'_>) -> Result<Option<Instance>> {
        let row = loaders(ctx).instance(self.run.key.clone()).await?;
        Ok(row.map(|row| Instance::new(row, Reading::default())))
    }

    /// The latest first.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn orders(&self, first: Option<i32>, after: Option<String>) -> Result<List<Order>> {
        let (behind, log) = (behind(first, after)?, self.log.as_ref());
        let found = orders(log, &self.run, behind).await.map_err(past)?;
        Ok(list(behind, found, Order::from))
    }

    /// The latest first.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn fills(&self, first: Option<i32>, after: Option<String>) -> Result<List<Fill>> {
        let (behind, log) = (behind(first, after)?, self.log.as_ref());
        let found = fills(log, &self.run, behind).await.map_err(past)?;
        Ok(list(behind, found, Fill::from))
    }

    /// Orders and cancellations as decided, and ticks that decided nothing. The latest first.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn decisions(&self, first: Option<i32>, after: Option<String>) -> Result<List<Decision>> {
        let (behind, log) = (behind(first, after)?, self.log.as_ref());
        let found = decisions(log, &self.run, behind).await.map_err(past)?;
        Ok(list(behind, found, Decision::from))
    }
}

fn behind(first: Option<i32>, after: Option<String>) -> Result<Behind> {
    let page = PageArgs::try_new(first, after)?;
    Ok(Behind {
        version: page.after()?,
        limit: page.limit,
    })
}

fn list<T, Node: OutputType>(
    behind: Behind,
    found: Found<T>,
    node: impl Fn(T) -> Node,
) -> List<Node> {
    let mut connection = Connection::new(behind.version.is_some(), found.more);
    let edges = found.items.into_iter();
    connection
        .edges
        .extend(edges.map(|(version, item)| Edge::new(cursor(&version), node(item))));
    connection
}

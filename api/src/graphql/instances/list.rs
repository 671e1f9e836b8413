//! Instances, filtered, sorted and counted.

use std::sync::Arc;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Object, Result, SimpleObject};
use domain::instance::InstanceStatus as Status;
use projections::instance_moments::query as moments;
use projections::instances::list::{
    self, InstanceCursor, InstanceOrder as Order, InstancePage, InstanceSearch, StateCounts,
};
use projections::instances::{InstanceRow, Observed as Seen};
use tokio::sync::OnceCell;

use super::Instance;
use super::filter::{InstanceFilter, InstanceOrder, InstanceStatus, Observed};
use crate::graphql::as_of::AsOfInput;
use crate::graphql::connection::{List, PageArgs, count, cursor, rows_cost};
use crate::graphql::context::app;
use crate::graphql::direction::Direction;
use crate::graphql::failure::{internal, past};
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;
use crate::state::App;

pub(crate) type InstanceList = List<Instance, InstanceListFields>;

#[derive(Debug, Default)]
pub(crate) struct InstancesQuery;

/// What a list of instances has besides its rows.
#[derive(Debug)]
pub(crate) struct InstanceListFields {
    search: InstanceSearch,
    reading: Reading,
    /// Counts are asked for: then the total is among them, and needs no statement of its own.
    counted: bool,
    /// Whatever the state.
    counts: OnceCell<StateCounts>,
}

#[derive(Debug, SimpleObject)]
struct InstanceCounts {
    running: i64,
    stopped: i64,
    faulted: i64,
    /// Desired and observed state disagree.
    diverging: i64,
    states: Vec<StateCount>,
}

#[derive(Debug, SimpleObject)]
struct StateCount {
    status: InstanceStatus,
    observed: Observed,
    count: i64,
}

#[Object]
impl InstanceListFields {
    #[graphql(complexity = 10)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        if self.counted || self.reading.as_of.is_some() {
            let counts = self.state_counts(app(ctx)).await?;
            let wanted = counts
                .iter()
                .filter(|(status, observed, _)| self.search.admits_state(*status, *observed));
            return Ok(count(wanted.map(|(.., found)| found).sum::<u64>()));
        }
        let total = list::count(&app(ctx).tables, &self.search).await;
        Ok(count(total.map_err(internal)?))
    }

    /// Of all that fit the filter, whatever their status and observed state.
    #[graphql(complexity = "10 + child_complexity")]
    async fn counts(&self, ctx: &Context<'_>) -> Result<InstanceCounts> {
        Ok(InstanceCounts::of(self.state_counts(app(ctx)).await?))
    }

    async fn as_of(&self) -> Option<Place> {
        self.reading.position()
    }

    async fn stale(&self) -> bool {
        self.reading.stale
    }
}

impl InstanceListFields {
    /// Counted once, whoever asks.
    async fn state_counts(&self, app: &App) -> Result<&StateCounts> {
        let count = || async {
            let search = any_state(&self.search);
            match self.reading.as_of {
                None => list::counts(&app.tables, &search).await,
                Some(position) => moments::counts(&app.tables, &search, position).await,
            }
        };
        self.counts.get_or_try_init(count).await.map_err(internal)
    }
}

fn any_state(search: &InstanceSearch) -> InstanceSearch {
    InstanceSearch {
        statuses: None,
        observed: None,
        ..search.clone()
    }
}

impl InstanceCounts {
    fn of(counts: &StateCounts) -> Self {
        let sum = |wanted: &dyn Fn(Status, Seen) -> bool| {
            let fitting = counts
                .iter()
                .filter(|(status, seen, _)| wanted(*status, *seen));
            count(fitting.map(|(.., found)| found).sum::<u64>())
        };
        let states = counts.iter().map(|(status, observed, found)| StateCount {
            status: (*status).into(),
            observed: (*observed).into(),
            count: count(*found),
        });
        Self {
            running: sum(&|status, _| status == Status::Running),
            stopped: sum(&|status, _| status == Status::Stopped),
            faulted: sum(&|status, _| status == Status::Faulted),
            diverging: sum(&|status, seen| match status {
                Status::Running => seen != Seen::Running,
                Status::Stopped | Status::Faulted => {
                    seen == Seen::Running || seen == Seen::Stopping
                }
            }),
            states: states.collect(),
        }
    }
}

#[Object]
impl InstancesQuery {
    #[expect(clippy::too_many_arguments, reason = "GraphQL's arguments are named")]
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn instances(
        &self,
        ctx: &Context<'_>,
        filter: Option<InstanceFilter>,
        order_by: Option<InstanceOrder>,
        as_of: Option<AsOfInput>,
        min_position: Option<Place>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<InstanceList> {
        let app = app(ctx);
        let page = PageArgs::try_new(first, after)?;
        let reading = Reading::of_instances(app, as_of, min_position).await?;
        let search = filter.unwrap_or_default().search(app).await?;
        instance_list(ctx, search, order_by, &page, reading).await
    }
}

pub(crate) async fn instance_list(
    ctx: &Context<'_>,
    search: InstanceSearch,
    order_by: Option<InstanceOrder>,
    args: &PageArgs,
    reading: Reading,
) -> Result<InstanceList> {
    let app = app(ctx);
    let (order, direction) = order_by.map_or((Order::default(), Direction::Asc), |by| {
        (by.field.into(), by.direction)
    });
    let after: Option<(String, i64)> = args.after()?;
    let begun = after.is_some();
    let page = InstancePage {
        order,
        direction: direction.into(),
        after: after.map(|(value, id)| InstanceCursor { value, id }),
        limit: args.limit,
    };
    let found = match reading.as_of {
        None => list::page(&app.tables, &search, &page)
            .await
            .map_err(internal)?,
        Some(position) => {
            let (tables, log) = (&app.tables, app.log.as_ref());
            let found = moments::page(tables, log, &search, &page, position);
            found.await.map_err(past)?
        }
    };
    let fields = InstanceListFields {
        search,
        reading,
        counted: ctx.look_ahead().field("counts").exists(),
        counts: OnceCell::new(),
    };
    let mut connection = Connection::with_additional_fields(begun, found.more, fields);
    let edge = |row: InstanceRow| {
        let place = InstanceCursor::of(&row, order);
        let node = Instance::new(Arc::new(row), reading);
        Edge::new(cursor(&(place.value, place.id)), node)
    };
    connection.edges.extend(found.rows.into_iter().map(edge));
    Ok(connection)
}

//! What a list of instances has besides its rows: how many there are, and in which states.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::ids::DefinitionId;
use domain::instance::InstanceStatus as Status;
use projections::instance_moments::query as moments;
use projections::instances::Observed as Seen;
use projections::instances::list::{self, InstanceSearch, StateCounts};
use tokio::sync::OnceCell;

use super::filter::{InstanceStatus, Observed};
use crate::graphql::connection::count;
use crate::graphql::context::{app, loaders};
use crate::graphql::failure::internal;
use crate::graphql::loaders::OfDefinition;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;

#[derive(Debug)]
pub(crate) struct InstanceListFields {
    pub(super) search: InstanceSearch,
    pub(super) reading: Reading,
    /// Counts are asked for: then the total is among them, and needs no statement of its own.
    pub(super) counted: bool,
    /// Asked of a definition: counted together with those of its neighbours in a list.
    pub(super) definition: Option<DefinitionId>,
    /// Whatever the state.
    pub(super) counts: OnceCell<StateCounts>,
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
        let together = self.counted || self.definition.is_some();
        if together || self.reading.as_of.is_some() {
            let counts = self.state_counts(ctx).await?;
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
        Ok(InstanceCounts::of(self.state_counts(ctx).await?))
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
    async fn state_counts(&self, ctx: &Context<'_>) -> Result<&StateCounts> {
        let count = || async {
            let (tables, search) = (&app(ctx).tables, any_state(&self.search));
            match (self.definition, self.reading.as_of) {
                (Some(definition), as_of) => {
                    let asked = OfDefinition {
                        definition,
                        as_of,
                        question: search,
                    };
                    let counts = loaders(ctx).counts_of(asked).await?;
                    Ok(Arc::unwrap_or_clone(counts))
                }
                (None, None) => list::counts(tables, &search).await.map_err(internal),
                (None, Some(position)) => {
                    let then = moments::counts(tables, &search, position);
                    then.await.map_err(internal)
                }
            }
        };
        self.counts.get_or_try_init(count).await
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

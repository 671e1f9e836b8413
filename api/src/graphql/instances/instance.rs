//! An instance, now or then.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::definition::DefinitionVersion;
use domain::event::aggregate_type;
use domain::ids::ExecutorType;
use event_store::StreamName;
use projections::instances::InstanceRow;

use super::config_fields::{ConfigField, config_fields_of};
use super::filter::{InstanceStatus, Observed};
use super::runs::{Run, runs_of};
use crate::graphql::connection::{List, PageArgs, TotalCount, count, cut, rows_cost};
use crate::graphql::context::{app, loaders};
use crate::graphql::definitions::Definition;
use crate::graphql::events::{EventFilterInput, EventList, EventOrder, stream_events};
use crate::graphql::executions::{Execution, MarketPosition, find_execution, positions_of};
use crate::graphql::global_id::global_id;
use crate::graphql::node::Kind;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::{Exact, Json, Place, Time};
use crate::graphql::trading::Trading;
use crate::legacy::parameters;

/// One user's strategy on one client account, started and stopped in runs.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    row: Arc<InstanceRow>,
    reading: Reading,
}

impl Instance {
    pub(crate) fn new(row: Arc<InstanceRow>, reading: Reading) -> Self {
        Self { row, reading }
    }

    pub(crate) fn now(row: InstanceRow) -> Self {
        Self::new(Arc::new(row), Reading::default())
    }
}

#[Object]
impl Instance {
    pub(crate) async fn id(&self) -> ID {
        global_id(Kind::Instance, &[self.row.strategy_key.as_str()])
    }

    async fn key(&self) -> &str {
        self.row.strategy_key.as_str()
    }

    /// What legacy callers know it by.
    async fn legacy_id(&self) -> i64 {
        self.row.id
    }

    async fn user_id(&self) -> &str {
        self.row.user_id.as_str()
    }

    async fn client_id(&self) -> &str {
        self.row.client_id.as_str()
    }

    async fn market_making_order_id(&self) -> Option<&str> {
        self.row.market_making_order_id.as_deref()
    }

    async fn strategy_type(&self) -> &str {
        &self.row.strategy_type
    }

    /// Null for an imported row that no executor here runs.
    async fn executor_type(&self) -> Option<&str> {
        self.row.executor_type.as_ref().map(ExecutorType::as_str)
    }

    /// Null when no executor here runs it.
    async fn trading(&self, ctx: &Context<'_>) -> Option<Trading> {
        let executor_type = self.row.executor_type.as_ref()?;
        let catalogue = &app(ctx).catalogue;
        let known = catalogue.knows(executor_type);
        known.then(|| {
            catalogue
                .trading_with(executor_type, &self.row.config)
                .into()
        })
    }

    /// What it is linked to, as that is now; null when it is linked to nothing, or to what is gone.
    async fn definition(&self, ctx: &Context<'_>) -> Result<Option<Definition>> {
        let Some(id) = self.row.definition_id else {
            return Ok(None);
        };
        let row = loaders(ctx).definition(id).await?;
        Ok(row.map(|row| Definition::new(row, Reading::default())))
    }

    async fn definition_key(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if let Some(key) = &self.row.definition_key {
            return Ok(Some(key.to_string()));
        }
        // Imported links know the id only
        let Some(id) = self.row.definition_id else {
            return Ok(None);
        };
        let row = loaders(ctx).definition(id).await?;
        Ok(row.map(|row| row.key.to_string()))
    }

    /// As named when the run started.
    async fn definition_name(&self) -> Option<&str> {
        self.row.definition_name.as_deref()
    }

    async fn definition_version(&self) -> Option<&str> {
        self.row
            .definition_version
            .as_ref()
            .map(DefinitionVersion::as_str)
    }

    /// What somebody last asked for.
    async fn status(&self) -> InstanceStatus {
        self.row.status.into()
    }

    /// What its executor was last seen doing.
    async fn observed(&self) -> Observed {
        self.row.observed.into()
    }

    async fn fault_reason(&self) -> Option<&str> {
        self.row.fault_reason.as_deref()
    }

    /// Why the last tick decided nothing or left a side out.
    async fn skip_reason(&self) -> Option<&str> {
        self.row.skip_reason.as_deref()
    }

    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    async fn start_price(&self) -> Exact {
        (&self.row.start_price).into()
    }

    /// What the run runs: defaults, overrides and ids, merged.
    async fn config(&self) -> Json {
        self.row.config.clone().into()
    }

    /// Where each member of `config` comes from, against the version it was started from.
    #[graphql(complexity = "5 + child_complexity")]
    async fn config_fields(&self, ctx: &Context<'_>) -> Result<Vec<ConfigField>> {
        config_fields_of(ctx, &self.row).await
    }

    /// As legacy callers see the configuration.
    async fn parameters(&self) -> Json {
        parameters(&self.row).into()
    }

    /// The number of the current (or last) run.
    async fn run(&self) -> u32 {
        self.row.run
    }

    async fn executed_trades(&self) -> u32 {
        self.row.executed_trades
    }

    async fn created_at(&self) -> Time {
        self.row.created_at.into()
    }

    /// When the current (or last) run began; null for an imported one, of which nobody knows.
    async fn started_at(&self) -> Option<Time> {
        self.row.started_at.map(Into::into)
    }

    async fn updated_at(&self) -> Time {
        self.row.updated_at.into()
    }

    /// For `expectedRevision`.
    async fn revision(&self) -> i64 {
        count(self.row.revision)
    }

    async fn last_position(&self) -> Place {
        self.row.last_position.into()
    }

    /// Set when this is the past: the position whose state this is.
    async fn as_of(&self) -> Option<Place> {
        self.reading.position()
    }

    /// The tables did not reach `minPosition` in time: this may be older.
    async fn stale(&self) -> bool {
        self.reading.stale
    }

    /// The latest first.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn runs(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<List<Run, TotalCount>> {
        let page = PageArgs::try_new(first, after)?;
        let runs = runs_of(ctx, self.reading, &self.row.strategy_key).await?;
        cut(runs, &page, |run| run)
    }

    /// Of a run; without a number, of the current one. Null until an executor took it up.
    #[graphql(complexity = "5 + child_complexity")]
    async fn execution(&self, ctx: &Context<'_>, run: Option<u32>) -> Result<Option<Execution>> {
        let run = run.unwrap_or(self.row.run);
        find_execution(ctx, self.reading, &self.row.strategy_key, run).await
    }

    /// What the trades of all runs came to together, per market.
    #[graphql(complexity = "50 + child_complexity")]
    async fn positions(&self, ctx: &Context<'_>) -> Result<Vec<MarketPosition>> {
        positions_of(ctx, self.reading, &self.row.strategy_key, self.row.run).await
    }

    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        filter: Option<EventFilterInput>,
        #[graphql(default)] order: EventOrder,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<EventList> {
        let page = PageArgs::try_new(first, after)?;
        let stream = StreamName::new(aggregate_type::INSTANCE, self.row.strategy_key.as_str());
        stream_events(ctx, self.reading, stream, filter, order, &page).await
    }
}

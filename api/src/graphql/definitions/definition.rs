//! A definition, now or then.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::definition::DefinitionContent;
use domain::event::aggregate_type;
use event_store::StreamName;
use projections::definitions::DefinitionRow;
use projections::versions::VersionRow;

use super::checks::{Finding, findings};
use super::version::{DefinitionVersion, linked};
use crate::graphql::connection::{List, PageArgs, TotalCount, count, cut, rows_cost};
use crate::graphql::context::{app, loaders};
use crate::graphql::events::{EventFilterInput, EventList, EventOrder, stream_events};
use crate::graphql::executors::Executor;
use crate::graphql::global_id::global_id;
use crate::graphql::instances::{InstanceFilter, InstanceList, InstanceOrder, instances_of};
use crate::graphql::node::Kind;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::{Json, Place, Time};

/// What instances may be configured to do, in versions that never change.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(super) row: Arc<DefinitionRow>,
    reading: Reading,
}

impl Definition {
    pub(crate) fn new(row: Arc<DefinitionRow>, reading: Reading) -> Self {
        Self { row, reading }
    }

    fn content(&self) -> DefinitionContent {
        let row = self.row.as_ref().clone();
        DefinitionContent {
            name: row.name,
            description: row.description,
            executor_type: row.executor_type,
            config_schema: row.config_schema,
            default_config: row.default_config,
            visibility: row.visibility,
        }
    }

    async fn version_rows(&self, ctx: &Context<'_>) -> Result<Arc<Vec<VersionRow>>> {
        match self.reading.as_of {
            None => loaders(ctx).versions(self.row.id).await,
            Some(position) => {
                let key = self.row.key.clone();
                loaders(ctx).past_versions(key, position).await
            }
        }
    }
}

#[Object]
impl Definition {
    pub(crate) async fn id(&self) -> ID {
        global_id(Kind::Definition, &[self.row.key.as_str()])
    }

    async fn uuid(&self) -> String {
        self.row.id.to_string()
    }

    async fn key(&self) -> &str {
        self.row.key.as_str()
    }

    async fn name(&self) -> &str {
        &self.row.name
    }

    async fn description(&self) -> Option<&str> {
        self.row.description.as_deref()
    }

    async fn executor_type(&self) -> &str {
        self.row.executor_type.as_str()
    }

    /// Null when this installation has no such executor.
    async fn executor(&self, ctx: &Context<'_>) -> Option<Executor> {
        Executor::find(app(ctx), &self.row.executor_type)
    }

    async fn config_schema(&self) -> Json {
        Json(self.row.config_schema.clone())
    }

    async fn default_config(&self) -> Json {
        self.row.default_config.clone().into()
    }

    async fn enabled(&self) -> bool {
        self.row.enabled
    }

    async fn visibility(&self) -> &str {
        &self.row.visibility
    }

    async fn current_version(&self) -> &str {
        self.row.current_version.as_str()
    }

    /// The draft differs from the current version in what instances run.
    async fn edited_since_publish(&self) -> bool {
        self.row.edited_since_publish
    }

    async fn created_by(&self) -> Option<&str> {
        self.row.created_by.as_deref()
    }

    async fn last_changed_by(&self) -> &str {
        &self.row.last_changed_by
    }

    async fn created_at(&self) -> Time {
        self.row.created_at.into()
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

    async fn running_instances(&self, ctx: &Context<'_>) -> Result<i64> {
        let linked = linked(ctx, self.row.id, self.reading).await?;
        let running: u64 = linked.iter().map(|(_, linked)| linked.running).sum();
        Ok(count(running))
    }

    /// Whatever their status.
    async fn linked_instances(&self, ctx: &Context<'_>) -> Result<i64> {
        let linked = linked(ctx, self.row.id, self.reading).await?;
        let all: u64 = linked.iter().map(|(_, linked)| linked.all).sum();
        Ok(count(all))
    }

    /// What is wrong with the draft, or merely odd.
    async fn findings(&self, ctx: &Context<'_>) -> Vec<Finding> {
        findings(app(ctx), &self.content())
    }

    async fn version(
        &self,
        ctx: &Context<'_>,
        version: String,
    ) -> Result<Option<DefinitionVersion>> {
        let rows = self.version_rows(ctx).await?;
        let row = rows.iter().find(|row| row.version.as_str() == version);
        let current = &self.row.current_version;
        Ok(row.map(|row| DefinitionVersion::new(row.clone(), current, self.reading)))
    }

    /// The latest first.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn versions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<List<DefinitionVersion, TotalCount>> {
        let page = PageArgs::try_new(first, after)?;
        let rows = self.version_rows(ctx).await?;
        let current = &self.row.current_version;
        cut(rows.to_vec(), &page, |row| {
            DefinitionVersion::new(row, current, self.reading)
        })
    }

    /// Those that are linked to it.
    #[graphql(complexity = "rows_cost(first, child_complexity)")]
    async fn instances(
        &self,
        ctx: &Context<'_>,
        filter: Option<InstanceFilter>,
        order_by: Option<InstanceOrder>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<InstanceList> {
        let page = PageArgs::try_new(first, after)?;
        self.reading.wait_for_instances(app(ctx)).await?;
        let search = filter.unwrap_or_default().of_a_definition();
        instances_of(ctx, self.row.id, search, order_by, &page, self.reading).await
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
        let stream = StreamName::new(aggregate_type::DEFINITION, self.row.key.as_str());
        stream_events(ctx, self.reading, stream, filter, order, &page).await
    }
}

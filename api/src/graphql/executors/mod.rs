//! The whitelist of executors.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::ids::ExecutorType;
use projections::definitions::DefinitionRow;

use super::connection::count;
use super::context::{app, loaders};
use super::definitions::Definition;
use super::reading::Reading;
use super::scalars::Json;
use super::trading::{Trading, Venue};
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct ExecutorsQuery;

/// What decides for instances of one type. Nothing outside this list ever runs.
#[derive(Debug, Clone)]
pub(crate) struct Executor(ExecutorType);

impl Executor {
    pub(crate) fn find(app: &App, executor_type: &ExecutorType) -> Option<Self> {
        let known = app.catalogue.knows(executor_type);
        known.then(|| Self(executor_type.clone()))
    }
}

#[Object]
impl ExecutorsQuery {
    #[graphql(complexity = "5 + 3 * child_complexity")]
    async fn executors(&self, ctx: &Context<'_>) -> Vec<Executor> {
        let types = app(ctx).catalogue.executor_types();
        types.into_iter().map(Executor).collect()
    }
}

#[Object]
impl Executor {
    #[graphql(name = "type")]
    async fn executor_type(&self) -> &str {
        self.0.as_str()
    }

    /// The program's: executors are a part of it.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// What its configurations look like; a definition may ask for more.
    async fn config_schema(&self, ctx: &Context<'_>) -> Option<Json> {
        let template = app(ctx).catalogue.template(&self.0)?;
        Some(Json(template.config_schema))
    }

    /// Values to begin with.
    async fn default_config(&self, ctx: &Context<'_>) -> Option<Json> {
        let template = app(ctx).catalogue.template(&self.0)?;
        Some(template.default_config.into())
    }

    async fn trading(&self, ctx: &Context<'_>) -> Trading {
        app(ctx).catalogue.trading().into()
    }

    /// Where it may trade.
    async fn venues(&self, ctx: &Context<'_>) -> Vec<Venue> {
        Venue::all(app(ctx).catalogue.as_ref())
    }

    /// The first 200 that use it.
    #[graphql(complexity = "5 + 2 * child_complexity")]
    async fn definitions(&self, ctx: &Context<'_>) -> Result<Vec<Definition>> {
        let rows = loaders(ctx).definitions_of(self.0.clone()).await?;
        let now = |row: &Arc<DefinitionRow>| Definition::new(row.clone(), Reading::default());
        Ok(rows.iter().map(now).collect())
    }

    async fn running_instances(&self, ctx: &Context<'_>) -> Result<i64> {
        let running = loaders(ctx).running().await?;
        Ok(running.get(self.0.as_str()).copied().map_or(0, count))
    }
}

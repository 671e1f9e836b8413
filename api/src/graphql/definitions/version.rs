//! A published version.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::definition::{DefinitionContent, DefinitionVersion as Version};
use domain::ids::{DefinitionId, DefinitionKey};
use projections::instances::list::Linked;
use projections::versions::{VersionRow, versions_as_of};

use crate::graphql::connection::count;
use crate::graphql::context::{app, loaders};
use crate::graphql::failure::{internal, past};
use crate::graphql::global_id::global_id;
use crate::graphql::node::Kind;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::{Json, Place, Time};
use crate::state::App;

/// What was published, frozen.
#[derive(Debug, Clone)]
pub(crate) struct DefinitionVersion {
    row: Box<VersionRow>,
    is_current: bool,
    reading: Reading,
}

impl DefinitionVersion {
    pub(crate) fn new(row: VersionRow, current: &Version, reading: Reading) -> Self {
        Self {
            is_current: row.version == *current,
            row: Box::new(row),
            reading,
        }
    }
}

pub(crate) fn content_of(row: &VersionRow) -> DefinitionContent {
    DefinitionContent {
        name: row.name.clone(),
        description: row.description.clone(),
        executor_type: row.executor_type.clone(),
        config_schema: row.config_schema.clone(),
        default_config: row.default_config.clone(),
        visibility: row.visibility.clone(),
    }
}

/// A version as the log has it: what is decided on it does not wait for the tables.
pub(crate) async fn version_in_log(
    app: &App,
    key: &DefinitionKey,
    version: &str,
) -> Result<Option<VersionRow>> {
    let log = app.log.as_ref();
    let head = log.head().await.map_err(internal)?;
    let rows = versions_as_of(log, key, head).await.map_err(past)?;
    Ok(rows.into_iter().find(|row| row.version.as_str() == version))
}

/// Instances of a definition, by version, at the moment that is looked at.
pub(super) async fn linked(
    ctx: &Context<'_>,
    id: DefinitionId,
    reading: Reading,
) -> Result<Arc<Vec<(String, Linked)>>> {
    reading.wait_for_instances(app(ctx)).await?;
    loaders(ctx).linked(id, reading.as_of).await
}

#[Object]
impl DefinitionVersion {
    pub(crate) async fn id(&self) -> ID {
        let (key, version) = (&self.row.definition_key, &self.row.version);
        global_id(Kind::DefinitionVersion, &[key.as_str(), version.as_str()])
    }

    async fn uuid(&self) -> String {
        self.row.id.to_string()
    }

    async fn definition_key(&self) -> &str {
        self.row.definition_key.as_str()
    }

    async fn version(&self) -> &str {
        self.row.version.as_str()
    }

    async fn is_current(&self) -> bool {
        self.is_current
    }

    async fn name(&self) -> &str {
        &self.row.name
    }

    async fn description(&self) -> Option<&str> {
        self.row.description.as_deref()
    }

    async fn visibility(&self) -> &str {
        &self.row.visibility
    }

    async fn executor_type(&self) -> &str {
        self.row.executor_type.as_str()
    }

    async fn config_schema(&self) -> Json {
        Json(self.row.config_schema.clone())
    }

    async fn default_config(&self) -> Json {
        self.row.default_config.clone().into()
    }

    async fn published_by(&self) -> &str {
        &self.row.published_by
    }

    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    async fn published_at(&self) -> Time {
        self.row.created_at.into()
    }

    async fn position(&self) -> Place {
        self.row.last_position.into()
    }

    /// Running instances that were started from this version.
    async fn running_instances(&self, ctx: &Context<'_>) -> Result<i64> {
        let linked = linked(ctx, self.row.definition_id, self.reading).await?;
        let version = self.row.version.as_str();
        let of_this = linked.iter().filter(|(name, _)| name == version);
        Ok(count(
            of_this.map(|(_, linked)| linked.running).sum::<u64>(),
        ))
    }
}

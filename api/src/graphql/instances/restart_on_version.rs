//! Runs an instance on another version of its definition.

use async_graphql::{Context, InputObject, Object, Result};
use domain::definition::DefinitionVersion;
use domain::ids::{DefinitionKey, StrategyKey};
use domain::instance::InstanceError;
use event_store::Position;
use projections::instances::InstanceRow;

use super::payload::{InstancePayload, stream};
use crate::graphql::command::{Terms, Trouble, earlier};
use crate::graphql::context::app;
use crate::graphql::definitions::{content_of, version_in_log};
use crate::graphql::failure::internal;
use crate::graphql::scalars::Json;
use crate::graphql::user_error::{UserError, UserErrorCode, of_instance};
use crate::operations::{VersionWanted, restart_on_version};
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct RestartInstanceOnVersion;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RestartInstanceOnVersionInput {
    key: String,
    version: String,
    /// Overrides of that version's defaults; without them, those of the last run.
    config: Option<Json>,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl RestartInstanceOnVersion {
    /// Runs the same overrides on another published version of the instance's definition.
    async fn restart_instance_on_version(
        &self,
        ctx: &Context<'_>,
        input: RestartInstanceOnVersionInput,
    ) -> Result<InstancePayload> {
        let key = StrategyKey::new(&input.key);
        let outcome = restart(ctx, &key, &input).await;
        InstancePayload::of(ctx, Some(&key), outcome).await
    }
}

async fn restart(
    ctx: &Context<'_>,
    key: &StrategyKey,
    input: &RestartInstanceOnVersionInput,
) -> Result<Position, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: input.expected_revision,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "restartInstanceOnVersion", input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(position);
    }
    let row = projections::instances::query::find(&app.tables, key).await;
    let Some(row) = row.map_err(internal)? else {
        return Err(Trouble::Told(of_instance(InstanceError::NotFound(
            key.clone(),
        ))));
    };
    let overrides = input.config.as_ref().map(|json| json.0.clone());
    let wanted = VersionWanted {
        overrides,
        ..wanted(app, &row, &input.version).await?
    };
    match restart_on_version(app, key, wanted, options).await {
        Ok(position) => Ok(position),
        Err(error) => Err(Trouble::of(app, &stream(key), error).await),
    }
}

async fn wanted(app: &App, row: &InstanceRow, version: &str) -> Result<VersionWanted, Trouble> {
    let definition = definition_of(app, row).await?;
    let Some(content) = version_in_log(app, &definition, version).await? else {
        let message = format!("Version {version} of {definition} does not exist");
        let error = UserError::new(UserErrorCode::NotFound, message);
        return Err(error.at("/version").into());
    };
    let before = match &row.definition_version {
        Some(before) => version_in_log(app, &definition, before.as_str()).await?,
        None => None,
    };
    let content_before = content_of(before.as_ref().unwrap_or(&content));
    Ok(VersionWanted {
        definition,
        version: DefinitionVersion::imported(version),
        content: content_of(&content),
        content_before,
        overrides: None,
    })
}

async fn definition_of(app: &App, row: &InstanceRow) -> Result<DefinitionKey, Trouble> {
    let unlinked = || {
        let message = "The instance is linked to no definition that exists";
        UserError::new(UserErrorCode::NotFound, message).at("/key")
    };
    let id = row.definition_id.ok_or_else(unlinked)?;
    let found = app.definition_keys.find(&app.tables, id).await;
    let found = found.map_err(internal)?;
    Ok(found.ok_or_else(unlinked)?.key)
}

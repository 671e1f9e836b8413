//! Publishes an old version's content again, as a new version: history is never rewritten.

use async_graphql::{Context, InputObject, Object, Result};
use domain::definition::{DefinitionChanges, DefinitionCommand, PublishDefinition as Command};
use domain::ids::DefinitionKey;
use event_store::Position;
use serde_json::Value;

use super::payload::{DefinitionPayload, execute, not_found};
use super::version::{content_of, version_in_log};
use crate::graphql::command::{Terms, Trouble};
use crate::graphql::context::app;
use crate::graphql::user_error::{UserError, UserErrorCode};

#[derive(Debug, Default)]
pub(crate) struct RestoreDefinitionVersion;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RestoreDefinitionVersionInput {
    key: String,
    /// The version whose content to publish again.
    version: String,
    /// What to call it; without one, the next free patch.
    new_version: Option<String>,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl RestoreDefinitionVersion {
    /// Publishes an old version's content as a new version.
    async fn restore_definition_version(
        &self,
        ctx: &Context<'_>,
        input: RestoreDefinitionVersionInput,
    ) -> Result<DefinitionPayload> {
        let outcome = restore(ctx, &input).await.map_err(about_the_new_version);
        DefinitionPayload::of(ctx, &input.key, outcome).await
    }
}

/// Publishing calls the version it was asked for `version`: here that is the old one, which was found.
fn about_the_new_version(trouble: Trouble) -> Trouble {
    let Trouble::Told(errors) = trouble else {
        return trouble;
    };
    let errors = errors.into_iter().map(|error| match error.code {
        UserErrorCode::InvalidVersion | UserErrorCode::VersionTaken => error.at("/newVersion"),
        _ => error,
    });
    Trouble::Told(errors.collect())
}

async fn restore(
    ctx: &Context<'_>,
    input: &RestoreDefinitionVersionInput,
) -> Result<Position, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: input.expected_revision,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let key = DefinitionKey::new(&input.key);
    let Some(row) = version_in_log(app, &key, &input.version).await? else {
        let there = app.definitions.load(&input.key).await;
        let there = there.map_err(crate::graphql::failure::internal)?;
        if there.aggregate.live().is_none() {
            return Err(not_found(&input.key, "/key").into());
        }
        let message = format!("Version {} of {} does not exist", input.version, input.key);
        let error = UserError::new(UserErrorCode::NotFound, message);
        return Err(error.at("/version").into());
    };
    let content = content_of(&row);
    let published_at = app.clock.now();
    let operation = "restoreDefinitionVersion";
    let version = input.new_version.clone();
    execute(ctx, &input.key, operation, terms, input, |live| {
        DefinitionCommand::Publish(Command {
            definition_id: live.id,
            changes: DefinitionChanges {
                name: Some(content.name),
                description: Some(content.description),
                executor_type: Some(content.executor_type),
                config_schema: Some(content.config_schema),
                default_config: Some(Value::Object(content.default_config)),
                visibility: Some(content.visibility),
            },
            version,
            published_at,
        })
    })
    .await
}

//! Freezes the draft as a version.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use domain::definition::{DefinitionCommand, PublishDefinition as Command};

use super::contents::changes;
use super::payload::{DefinitionPayload, execute};
use crate::graphql::command::Terms;
use crate::graphql::context::app;
use crate::graphql::scalars::Json;

#[derive(Debug, Default)]
pub(crate) struct PublishDefinition;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct PublishDefinitionInput {
    key: String,
    /// `x.y.z`; without one, the next free patch.
    version: Option<String>,
    name: Option<String>,
    /// Null clears it; left out, it stays.
    description: MaybeUndefined<String>,
    executor_type: Option<String>,
    config_schema: Option<Json>,
    default_config: Option<Json>,
    visibility: Option<String>,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl PublishDefinition {
    /// Freezes the draft, with whatever is changed here first, as a version.
    async fn publish_definition(
        &self,
        ctx: &Context<'_>,
        input: PublishDefinitionInput,
    ) -> Result<DefinitionPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let wanted = input.clone();
        let published_at = app(ctx).clock.now();
        let outcome = execute(
            ctx,
            &input.key,
            "publishDefinition",
            terms,
            &input,
            |live| {
                DefinitionCommand::Publish(Command {
                    definition_id: live.id,
                    changes: changes(
                        wanted.name,
                        wanted.description,
                        wanted.executor_type,
                        wanted.config_schema,
                        wanted.default_config,
                        wanted.visibility,
                    ),
                    version: wanted.version,
                    published_at,
                })
            },
        )
        .await;
        DefinitionPayload::of(ctx, &input.key, outcome).await
    }
}

//! Changes the draft.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use domain::definition::{DefinitionCommand, UpdateDefinition as Command};

use super::contents::changes;
use super::payload::{DefinitionPayload, execute};
use crate::graphql::command::Terms;
use crate::graphql::context::app;
use crate::graphql::scalars::Json;

#[derive(Debug, Default)]
pub(crate) struct UpdateDefinition;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct UpdateDefinitionInput {
    key: String,
    name: Option<String>,
    /// Null clears it; left out, it stays.
    description: MaybeUndefined<String>,
    executor_type: Option<String>,
    config_schema: Option<Json>,
    default_config: Option<Json>,
    visibility: Option<String>,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    reason: Option<String>,
}

#[Object]
impl UpdateDefinition {
    /// Changes the draft; no version is published.
    async fn update_definition(
        &self,
        ctx: &Context<'_>,
        input: UpdateDefinitionInput,
    ) -> Result<DefinitionPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let wanted = input.clone();
        let updated_at = app(ctx).clock.now();
        let outcome = execute(ctx, &input.key, "updateDefinition", terms, &input, |live| {
            DefinitionCommand::Update(Command {
                definition_id: live.id,
                changes: changes(
                    wanted.name,
                    wanted.description,
                    wanted.executor_type,
                    wanted.config_schema,
                    wanted.default_config,
                    wanted.visibility,
                ),
                updated_at,
            })
        })
        .await;
        DefinitionPayload::of(ctx, &input.key, outcome).await
    }
}

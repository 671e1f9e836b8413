//! Whether new starts are allowed.

use async_graphql::{Context, InputObject, Object, Result};
use domain::definition::{
    DefinitionCommand, DisableDefinition as Disable, EnableDefinition as Enable,
};

use super::payload::{DefinitionPayload, execute};
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct EnableDefinition;

#[derive(Debug, Default)]
pub(crate) struct DisableDefinition;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct EnableDefinitionInput {
    key: String,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Clone, InputObject)]
pub(crate) struct DisableDefinitionInput {
    key: String,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl EnableDefinition {
    async fn enable_definition(
        &self,
        ctx: &Context<'_>,
        input: EnableDefinitionInput,
    ) -> Result<DefinitionPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let enabled_at = app(ctx).clock.now();
        let outcome = execute(ctx, &input.key, "enableDefinition", terms, &input, |live| {
            DefinitionCommand::Enable(Enable {
                definition_id: live.id,
                enabled_at,
            })
        })
        .await;
        DefinitionPayload::of(ctx, &input.key, outcome).await
    }
}

#[Object]
impl DisableDefinition {
    /// Running instances go on; new starts are refused.
    async fn disable_definition(
        &self,
        ctx: &Context<'_>,
        input: DisableDefinitionInput,
    ) -> Result<DefinitionPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let disabled_at = app(ctx).clock.now();
        let outcome = execute(
            ctx,
            &input.key,
            "disableDefinition",
            terms,
            &input,
            |live| {
                DefinitionCommand::Disable(Disable {
                    definition_id: live.id,
                    disabled_at,
                })
            },
        )
        .await;
        DefinitionPayload::of(ctx, &input.key, outcome).await
    }
}

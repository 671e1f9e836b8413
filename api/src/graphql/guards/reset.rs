//! Lifts what a tripped guard imposed.

use async_graphql::{Context, InputObject, Object, Result};
use domain::guard::{GuardCommand, ResetGuard as Command};
use domain::ids::GuardName;

use super::change::{GuardsPayload, change};
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct ResetGuard;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct ResetGuardInput {
    name: String,
    /// As `Guards.revision` was when it was decided.
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl ResetGuard {
    /// Lifts what a tripped guard imposed; from here on the profit is measured anew. Where nothing had tripped it changes nothing, and that is a success.
    async fn reset_guard(
        &self,
        ctx: &Context<'_>,
        input: ResetGuardInput,
    ) -> Result<GuardsPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let options = terms.options(ctx, "resetGuard", &input);
        let command = GuardCommand::Reset(Command {
            name: GuardName::new(input.name),
            reset_at: app(ctx).clock.now(),
        });
        change(ctx, options, command).await
    }
}

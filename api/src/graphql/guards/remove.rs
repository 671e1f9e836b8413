//! Takes a guard away.

use async_graphql::{Context, InputObject, Object, Result};
use domain::guard::{GuardCommand, RemoveGuard as Command};
use domain::ids::GuardName;

use super::change::{GuardsPayload, change};
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct RemoveGuard;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RemoveGuardInput {
    name: String,
    /// As `Guards.revision` was when it was decided.
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl RemoveGuard {
    /// Takes a guard away. One that has tripped is reset first.
    async fn remove_guard(
        &self,
        ctx: &Context<'_>,
        input: RemoveGuardInput,
    ) -> Result<GuardsPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let options = terms.options(ctx, "removeGuard", &input);
        let command = GuardCommand::Remove(Command {
            name: GuardName::new(input.name),
            removed_at: app(ctx).clock.now(),
        });
        change(ctx, options, command).await
    }
}

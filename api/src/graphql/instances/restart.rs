//! Runs the last run's configuration again.

use async_graphql::{Context, InputObject, Object, Result};
use domain::ids::StrategyKey;
use domain::instance::{InstanceCommand, RestartInstance as Command};

use super::payload::{InstancePayload, execute};
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct RestartInstance;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RestartInstanceInput {
    key: String,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    reason: Option<String>,
}

#[Object]
impl RestartInstance {
    /// Runs the last run's configuration again, whether it is stopped or not.
    async fn restart_instance(
        &self,
        ctx: &Context<'_>,
        input: RestartInstanceInput,
    ) -> Result<InstancePayload> {
        let app = app(ctx);
        let key = StrategyKey::new(&input.key);
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let command = InstanceCommand::Restart(Command {
            strategy_key: key.clone(),
            restarted_at: app.clock.now(),
        });
        let outcome = match terms.options(ctx, "restartInstance", &input) {
            Ok(options) => execute(app, &key, command, options).await.map(|(at, _)| at),
            Err(trouble) => Err(trouble),
        };
        InstancePayload::of(ctx, Some(&key), outcome).await
    }
}

//! Stops an instance.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use domain::ids::StrategyKey;
use domain::instance::{InstanceCommand, InstanceError, StopInstance as Command, StopMode as Mode};
use event_store::{CommandOptions, Position};

use super::payload::{InstancePayload, execute};
use crate::graphql::command::{Terms, Trouble};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::user_error::of_instance;
use crate::state::App;

/// What becomes of the run's orders, and of what it has bought or sold short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "Mode")]
pub(crate) enum StopMode {
    /// Orders are cancelled; what it holds stays.
    #[default]
    Cancel,
    /// Orders are cancelled; what it holds is closed at what the market gives.
    Flatten,
    /// Orders stay until they trade or are taken off at the venue. Another stop, another start, a halt
    /// of trading and a guard that tripped still take them off.
    Leave,
}

#[derive(Debug, Default)]
pub(crate) struct StopInstance;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct StopInstanceInput {
    key: String,
    #[graphql(default)]
    mode: StopMode,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl StopInstance {
    /// No new orders from now on; what becomes of those that are open is `mode`'s to say. What does not
    /// run is left alone, and that is a success; orders that an earlier stop left are taken off.
    async fn stop_instance(
        &self,
        ctx: &Context<'_>,
        input: StopInstanceInput,
    ) -> Result<InstancePayload> {
        let key = StrategyKey::new(&input.key);
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let outcome = match terms.options(ctx, "stopInstance", &input) {
            Ok(options) => stop(app(ctx), &key, input.mode, options)
                .await
                .map(|(at, _)| at),
            Err(trouble) => Err(trouble),
        };
        InstancePayload::of(ctx, Some(&key), outcome).await
    }
}

/// The second value: it ran, and does not any more.
pub(super) async fn stop(
    app: &App,
    key: &StrategyKey,
    mode: StopMode,
    options: CommandOptions,
) -> Result<(Position, bool), Trouble> {
    let loaded = app.instances.load(key.as_str()).await.map_err(internal)?;
    if loaded.aggregate.known().is_none() {
        return Err(Trouble::Told(of_instance(InstanceError::NotFound(
            key.clone(),
        ))));
    }
    let command = InstanceCommand::Stop(Command {
        reason: options.metadata.reason.clone(),
        only_run: None,
        mode: mode.into(),
        stopped_at: app.clock.now(),
    });
    execute(app, key, command, options).await
}

//! Gives a run that goes on other values for the fields that may change.

use async_graphql::{Context, InputObject, Object, Result};
use domain::config::ConfigSchema;
use domain::ids::StrategyKey;
use domain::instance::{
    DefinitionPin, InstanceCommand, InstanceError, ReconfigureInstance as Command,
};
use event_store::Position;
use serde_json::Value;

use super::payload::{InstancePayload, execute};
use crate::graphql::command::{Terms, Trouble, earlier};
use crate::graphql::context::app;
use crate::graphql::definitions::version_in_log;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Json;
use crate::graphql::user_error::{UserError, UserErrorCode, of_instance};
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct ReconfigureInstance;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct ReconfigureInstanceInput {
    key: String,
    /// Fields and their new values; null takes a field out.
    config: Json,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl ReconfigureInstance {
    /// Changes the configuration of an instance while it runs. Only fields whose schema says
    /// `x-updatable` can change; anything else is refused.
    async fn reconfigure_instance(
        &self,
        ctx: &Context<'_>,
        input: ReconfigureInstanceInput,
    ) -> Result<InstancePayload> {
        let key = StrategyKey::new(&input.key);
        let outcome = reconfigure(ctx, &key, &input).await;
        InstancePayload::of(ctx, Some(&key), outcome).await
    }
}

async fn reconfigure(
    ctx: &Context<'_>,
    key: &StrategyKey,
    input: &ReconfigureInstanceInput,
) -> Result<Position, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: input.expected_revision,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "reconfigureInstance", input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(position);
    }
    let Value::Object(changes) = &input.config.0 else {
        let message = "Fields and their new values are wanted: an object";
        let error = UserError::new(UserErrorCode::InvalidInput, message);
        return Err(error.at("/config").into());
    };
    let command = InstanceCommand::Reconfigure(Box::new(Command {
        strategy_key: key.clone(),
        config_schema: schema_of_run(app, key).await?,
        changes: changes.clone(),
        reconfigured_at: app.clock.now(),
    }));
    let (position, _) = execute(app, key, command, options).await?;
    Ok(position)
}

/// The schema that the last run was started on.
async fn schema_of_run(app: &App, key: &StrategyKey) -> Result<Value, Trouble> {
    let refusal = |error| Trouble::Told(of_instance(error));
    let instance = app.instances.load(key.as_str()).await.map_err(internal)?;
    let Some(known) = instance.aggregate.known() else {
        return Err(refusal(InstanceError::NotFound(key.clone())));
    };
    let run = known.last_run.as_ref();
    let unknown = || refusal(InstanceError::SchemaUnknown(key.clone()));
    let pin = run.and_then(|run| run.definition.as_ref());
    let pin = pin.ok_or_else(unknown)?;
    schema_of(app, pin).await?.ok_or_else(unknown)
}

/// As published, or as edited since: whichever the run was checked against.
async fn schema_of(app: &App, pin: &DefinitionPin) -> Result<Option<Value>, Trouble> {
    let published = version_in_log(app, &pin.key, pin.version.as_str()).await?;
    let definition = app.definitions.load(pin.key.as_str()).await;
    let definition = definition.map_err(internal)?;
    let edited = definition.aggregate.live();
    let candidates = [
        published.map(|version| version.config_schema),
        edited.map(|live| live.content.config_schema.clone()),
    ];
    let mut candidates = candidates.into_iter().flatten();
    Ok(candidates.find(|schema| {
        ConfigSchema::compile(schema).is_ok_and(|compiled| compiled.digest() == pin.schema_digest)
    }))
}

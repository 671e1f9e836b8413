//! Runs an instance again on another version of its definition.

use domain::definition::{DefinitionContent, DefinitionError, DefinitionVersion};
use domain::ids::{DefinitionKey, StrategyKey};
use domain::instance::{
    InstanceCommand, InstanceError, KnownInstance, LaunchRequest, RestartOnVersion,
    overrides_of_run, plan_launch,
};
use event_store::{CommandOptions, Position};
use serde_json::Value;

use super::{OperationError, definition_stream};
use crate::state::App;

/// The version to run, as it was published.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VersionWanted {
    pub(crate) definition: DefinitionKey,
    pub(crate) version: DefinitionVersion,
    pub(crate) content: DefinitionContent,
    /// The content that the last run was started from: what the run says beyond it, it keeps.
    pub(crate) content_before: DefinitionContent,
    /// Takes the place of what the run said.
    pub(crate) overrides: Option<Value>,
}

/// Recorded only while the definition stays as it is: one that is disabled starts nothing.
pub(crate) async fn restart_on_version(
    app: &App,
    strategy_key: &StrategyKey,
    wanted: VersionWanted,
    mut options: CommandOptions,
) -> Result<Position, OperationError> {
    if !app.switches.current().dynamic_flow {
        return Err(OperationError::DynamicFlowOff);
    }
    let definition = app.definitions.load(wanted.definition.as_str()).await?;
    let Some(live) = definition.aggregate.live() else {
        let gone = DefinitionError::NotFound(wanted.definition.to_string());
        return Err(OperationError::Definition(gone));
    };
    let instance = app.instances.load(strategy_key.as_str()).await?;
    let Some(known) = instance.aggregate.known() else {
        return Err(InstanceError::NotFound(strategy_key.clone()).into());
    };
    let request = request(known, &wanted);
    let on_version = live.on_version(wanted.version, wanted.content);
    let plan = plan_launch(&on_version, request, app.catalogue.as_ref())?;
    options.unchanged = vec![(definition_stream(&wanted.definition), definition.version)];
    let command = InstanceCommand::RestartOnVersion(Box::new(RestartOnVersion {
        plan,
        restarted_at: app.clock.now(),
    }));
    let key = strategy_key.as_str();
    let receipt = app
        .instances
        .execute_on(instance.clone(), key, command, options);
    let receipt = receipt.await?;
    app.tables_show(receipt.position).await;
    Ok(receipt.position)
}

fn request(known: &KnownInstance, wanted: &VersionWanted) -> LaunchRequest {
    let last = known.last_run.as_ref();
    let kept = || {
        let kept = last.map(|run| overrides_of_run(&wanted.content_before, &run.config));
        Value::Object(kept.unwrap_or_default())
    };
    LaunchRequest {
        user_id: Some(known.user_id.clone()),
        client_id: Some(known.client_id.clone()),
        market_making_order_id: last.and_then(|run| run.market_making_order_id.clone()),
        overrides: wanted.overrides.clone().unwrap_or_else(kept),
    }
}

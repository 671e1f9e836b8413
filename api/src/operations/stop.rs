//! Stops the instance that a user, a client and a type name.

use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::instance::{Identity, InstanceCommand, StopInstance, StopMode};
use event_store::CommandOptions;

use super::OperationError;
use crate::state::App;

/// How callers of stop endpoints name an instance.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) executor_type: ExecutorType,
    pub(crate) user_id: UserId,
    pub(crate) client_id: ClientId,
    pub(crate) market_making_order_id: Option<String>,
}

/// Stops it; what does not exist or does not run is left alone, and that is a success.
pub(crate) async fn stop(
    app: &App,
    named: Named,
    options: CommandOptions,
) -> Result<(), OperationError> {
    let key = key_of(app, named).await?;
    let command = InstanceCommand::Stop(StopInstance {
        reason: None,
        only_run: None,
        mode: StopMode::Cancel,
        stopped_at: app.clock.now(),
    });
    let receipt = app
        .instances
        .execute(key.as_str(), command, options)
        .await?;
    app.tables_show(receipt.position).await;
    Ok(())
}

/// The key in our form, or, for a row that was imported under it, in the original's other form.
async fn key_of(app: &App, named: Named) -> Result<StrategyKey, OperationError> {
    let identity = Identity::of(
        &named.executor_type,
        &named.user_id,
        named.client_id,
        named.market_making_order_id,
    );
    let Some(order_id) = identity.market_making_order_id else {
        return Ok(identity.strategy_key);
    };
    if app
        .instances
        .load(identity.strategy_key.as_str())
        .await?
        .aggregate
        .known()
        .is_some()
    {
        return Ok(identity.strategy_key);
    }
    let imported = StrategyKey::new(format!("{order_id}-{}", named.executor_type));
    let loaded = app.instances.load(imported.as_str()).await?;
    let same_user = loaded
        .aggregate
        .known()
        .is_some_and(|known| known.user_id == named.user_id);
    Ok(if same_user {
        imported
    } else {
        identity.strategy_key
    })
}

//! Stops the instance that a user, a client and a type name.

use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::instance::{Identity, InstanceCommand, StopInstance, StopMode, imported_keys};
use event_store::CommandOptions;

use super::OperationError;
use super::locate::belongs_to;
use crate::state::App;

/// How callers of stop endpoints name an instance.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) executor_type: ExecutorType,
    pub(crate) user_id: UserId,
    pub(crate) client_id: ClientId,
    pub(crate) market_making_order_id: Option<String>,
}

/// Stops it, wherever it runs; what does not exist or does not run is left alone, and that is a success.
pub(crate) async fn stop(
    app: &App,
    named: Named,
    options: CommandOptions,
) -> Result<(), OperationError> {
    let identity = Identity::of(
        &named.executor_type,
        &named.user_id,
        named.client_id,
        named.market_making_order_id,
    );
    let imported = CommandOptions {
        // Stopping again is harmless, and an answer is kept for one command
        idempotency: None,
        ..options.clone()
    };
    stop_one(app, &identity.strategy_key, options).await?;
    let order_id = identity.market_making_order_id.as_deref();
    for key in imported_keys(&named.user_id, &identity.client_id, order_id) {
        let instance = app.instances.load(key.as_str()).await?;
        if belongs_to(&instance, &named.user_id, &identity.client_id) {
            stop_one(app, &key, imported.clone()).await?;
        }
    }
    Ok(())
}

async fn stop_one(
    app: &App,
    key: &StrategyKey,
    options: CommandOptions,
) -> Result<(), OperationError> {
    let command = InstanceCommand::Stop(StopInstance {
        reason: None,
        only_run: None,
        mode: StopMode::Cancel,
        stopped_at: app.clock.now(),
    });
    let executed = app.instances.execute(key.as_str(), command, options);
    app.tables_show(executed.await?.position).await;
    Ok(())
}

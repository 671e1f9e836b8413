//! The emergency stop of everything.

use async_graphql::{Context, InputObject, Object, Result};
use domain::installation::InstallationCommand;

use super::change::change;
use super::find::SettingsPayload;
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct HaltTrading;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct HaltTradingInput {
    idempotency_key: Option<String>,
    /// Required: everybody sees it while the halt lasts.
    reason: Option<String>,
}

#[Object]
impl HaltTrading {
    /// Every run takes its orders off and places none until `resumeTrading`, after a restart of the
    /// server too. What was wanted of the instances stays wanted; those started meanwhile wait.
    async fn halt_trading(
        &self,
        ctx: &Context<'_>,
        input: HaltTradingInput,
    ) -> Result<SettingsPayload> {
        let terms = Terms {
            expected_revision: None,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let options = terms.options(ctx, "haltTrading", &input);
        let command = InstallationCommand::HaltTrading {
            reason: input.reason.unwrap_or_default().trim().to_owned(),
            at: app(ctx).clock.now(),
        };
        change(ctx, options, command).await
    }
}

//! The end of an emergency stop.

use async_graphql::{Context, InputObject, Object, Result};
use domain::installation::InstallationCommand;

use super::change::change;
use super::find::SettingsPayload;
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct ResumeTrading;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct ResumeTradingInput {
    /// As `Settings.revision` was when it was decided: a halt that came later stays.
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl ResumeTrading {
    /// Every run that is wanted goes on with its next tick.
    async fn resume_trading(
        &self,
        ctx: &Context<'_>,
        input: ResumeTradingInput,
    ) -> Result<SettingsPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let options = terms.options(ctx, "resumeTrading", &input);
        let command = InstallationCommand::ResumeTrading {
            at: app(ctx).clock.now(),
        };
        change(ctx, options, command).await
    }
}

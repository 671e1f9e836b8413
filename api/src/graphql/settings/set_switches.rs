//! Changes the switches, for every node at once.

use async_graphql::{Context, InputObject, Object, Result};
use domain::installation::InstallationCommand;

use super::change::change;
use super::find::{MigrationMode, SettingsPayload};
use crate::graphql::command::Terms;
use crate::graphql::context::app;

#[derive(Debug, Default)]
pub(crate) struct SetSwitches;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct SetSwitchesInput {
    mode: Option<MigrationMode>,
    dynamic_flow: Option<bool>,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl SetSwitches {
    /// What is left out stays as it is.
    async fn set_switches(
        &self,
        ctx: &Context<'_>,
        input: SetSwitchesInput,
    ) -> Result<SettingsPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let options = terms.options(ctx, "setSwitches", &input);
        let command = InstallationCommand::Set {
            mode: input.mode.map(Into::into),
            dynamic_flow: input.dynamic_flow,
            at: app(ctx).clock.now(),
        };
        change(ctx, options, command).await
    }
}

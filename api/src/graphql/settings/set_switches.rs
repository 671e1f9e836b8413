//! Changes the switches, for every node at once.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::event::aggregate_type;
use domain::installation::{INSTALLATION_ID, InstallationCommand};
use event_store::{Position, StreamName};

use super::find::{MigrationMode, Settings, settings};
use crate::graphql::command::{Terms, Trouble, refused};
use crate::graphql::context::app;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::UserError;

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

#[derive(Debug, SimpleObject)]
struct SettingsPayload {
    settings: Settings,
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

#[Object]
impl SetSwitches {
    /// What is left out stays as it is.
    async fn set_switches(
        &self,
        ctx: &Context<'_>,
        input: SetSwitchesInput,
    ) -> Result<SettingsPayload> {
        let (position, user_errors) = match set(ctx, input).await {
            Ok(position) => (Some(position.into()), vec![]),
            Err(Trouble::Told(errors)) => (None, errors),
            Err(Trouble::Failed(error)) => return Err(error),
        };
        Ok(SettingsPayload {
            settings: settings(app(ctx)).await?,
            position,
            user_errors,
        })
    }
}

async fn set(ctx: &Context<'_>, input: SetSwitchesInput) -> Result<Position, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: input.expected_revision,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "setSwitches", &input)?;
    let command = InstallationCommand::Set {
        mode: input.mode.map(Into::into),
        dynamic_flow: input.dynamic_flow,
        at: app.clock.now(),
    };
    match app.switches.change(command, options).await {
        Ok(receipt) => Ok(receipt.position),
        Err(error) => {
            let stream = StreamName::new(aggregate_type::INSTALLATION, INSTALLATION_ID);
            Err(refused(app, &stream, error, |never| match never {}).await)
        }
    }
}

//! Gives the installation a command, and answers with the settings as they are then.

use async_graphql::{Context, Result};
use domain::event::aggregate_type;
use domain::installation::{INSTALLATION_ID, InstallationCommand};
use event_store::{CommandOptions, StreamName};

use super::find::{SettingsPayload, shown};
use crate::graphql::command::{Trouble, refused};
use crate::graphql::context::app;
use crate::graphql::failure::internal;

pub(super) async fn change(
    ctx: &Context<'_>,
    options: Result<CommandOptions, Trouble>,
    command: InstallationCommand,
) -> Result<SettingsPayload> {
    let app = app(ctx);
    let changed = match options {
        Ok(options) => match app.switches.change(command, options).await {
            Ok(receipt) => Ok(receipt.position),
            Err(error) => {
                let stream = StreamName::new(aggregate_type::INSTALLATION, INSTALLATION_ID);
                Err(refused(app, &stream, error, |never| match never {}).await)
            }
        },
        Err(trouble) => Err(trouble),
    };
    let (position, user_errors) = match changed {
        Ok(position) => (Some(position.into()), vec![]),
        Err(Trouble::Told(errors)) => (None, errors),
        Err(Trouble::Failed(error)) => return Err(error),
    };
    // A change that was made is told as made, also where the log cannot be read any more
    let loaded = match position {
        Some(_) => app.switches.known(),
        None => app.switches.load().await.map_err(internal)?,
    };
    Ok(SettingsPayload {
        settings: shown(app, loaded),
        position,
        user_errors,
    })
}

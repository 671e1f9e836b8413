//! Gives the guards a command, and answers with all of them as they are then.

use async_graphql::{Context, Result, SimpleObject};
use domain::event::aggregate_type;
use domain::guard::{GuardCommand, GuardError, RISK_GUARDS_ID};
use event_store::{CommandOptions, StreamName};

use super::find::{AllGuards, guards};
use crate::graphql::command::{Trouble, refused};
use crate::graphql::context::app;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, UserErrorCode};

#[derive(Debug, SimpleObject)]
pub(super) struct GuardsPayload {
    guards: AllGuards,
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

pub(super) async fn change(
    ctx: &Context<'_>,
    options: Result<CommandOptions, Trouble>,
    command: GuardCommand,
) -> Result<GuardsPayload> {
    let app = app(ctx);
    let changed = match options {
        Ok(options) => match app.guards.execute(RISK_GUARDS_ID, command, options).await {
            Ok(receipt) => Ok(receipt.position),
            Err(error) => {
                let stream = StreamName::new(aggregate_type::RISK_GUARDS, RISK_GUARDS_ID);
                Err(refused(app, &stream, error, of_guard).await)
            }
        },
        Err(trouble) => Err(trouble),
    };
    let (position, user_errors) = match changed {
        Ok(position) => (Some(position.into()), vec![]),
        Err(Trouble::Told(errors)) => (None, errors),
        Err(Trouble::Failed(error)) => return Err(error),
    };
    Ok(GuardsPayload {
        guards: guards(app).await?,
        position,
        user_errors,
    })
}

fn of_guard(refusal: GuardError) -> Vec<UserError> {
    let message = refusal.to_string();
    let code = match refusal {
        GuardError::Invalid(violations) => {
            let told = violations.into_iter().map(|violation| {
                UserError::of_violation(UserErrorCode::InvalidInput, "", violation)
            });
            return told.collect();
        }
        GuardError::NotFound(_) => UserErrorCode::NotFound,
        GuardError::Tripped(_) => UserErrorCode::GuardTripped,
        GuardError::TooMany { .. } => UserErrorCode::InvalidInput,
    };
    vec![UserError::new(code, message).at("/name")]
}

//! What commands on definitions answer, and how they run.

use std::sync::Arc;

use async_graphql::{Context, Error, InputType, SimpleObject};
use domain::definition::{DefinitionCommand, LiveDefinition};
use domain::event::aggregate_type;
use domain::ids::DefinitionKey;
use event_store::{Position, StreamName};
use projections::definitions;

use super::Definition;
use crate::graphql::command::{Terms, Trouble, earlier, refused};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, UserErrorCode, of_definition};

#[derive(Debug, SimpleObject)]
pub(crate) struct DefinitionPayload {
    /// As it is now, also when nothing was changed.
    definition: Option<Definition>,
    /// Read at least up to here to see the change; null when there is none to see.
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

impl DefinitionPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        key: &str,
        outcome: Result<Position, Trouble>,
    ) -> Result<Self, Error> {
        let app = app(ctx);
        let (position, user_errors) = told(outcome)?;
        let stale = match position {
            Some(position) => !app.tables_reach(position).await,
            None => false,
        };
        let row = definitions::query::find_by_key(&app.tables, &DefinitionKey::new(key))
            .await
            .map_err(internal)?;
        let reading = Reading {
            stale,
            ..Reading::default()
        };
        Ok(Self {
            definition: row.map(|row| Definition::new(Arc::new(row), reading)),
            position: position.map(Place),
            user_errors,
        })
    }
}

/// The position of what was done, or why it was not.
pub(super) fn told(
    outcome: Result<Position, Trouble>,
) -> Result<(Option<Position>, Vec<UserError>), Error> {
    match outcome {
        Ok(position) => Ok((Some(position), vec![])),
        Err(Trouble::Told(errors)) => Ok((None, errors)),
        Err(Trouble::Failed(error)) => Err(error),
    }
}

/// Runs what the caller asks of the live definition.
pub(super) async fn execute(
    ctx: &Context<'_>,
    key: &str,
    operation: &str,
    terms: Terms,
    input: &impl InputType,
    command: impl FnOnce(&LiveDefinition) -> DefinitionCommand,
) -> Result<Position, Trouble> {
    let app = app(ctx);
    let options = terms.options(ctx, operation, input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(position);
    }
    let loaded = app.definitions.load(key).await.map_err(internal)?;
    let Some(live) = loaded.aggregate.live() else {
        return Err(not_found(key, "/key").into());
    };
    let command = command(live);
    match app.definitions.execute(key, command, options).await {
        Ok(receipt) => Ok(receipt.position),
        Err(error) => {
            let stream = StreamName::new(aggregate_type::DEFINITION, key);
            Err(refused(app, &stream, error, of_definition).await)
        }
    }
}

pub(crate) fn not_found(key: &str, pointer: &str) -> UserError {
    let message = format!("Strategy definition {key} does not exist");
    UserError::new(UserErrorCode::NotFound, message).at(pointer)
}

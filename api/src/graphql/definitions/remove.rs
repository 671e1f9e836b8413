//! Takes a definition out of the catalogue.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use event_store::Position;

use super::payload::{not_found, told};
use crate::graphql::command::{REVISION, Terms, Trouble, conflict, earlier, refused};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, UserErrorCode, of_definition};
use crate::operations::{Removal, remove};

#[derive(Debug, Default)]
pub(crate) struct RemoveDefinition;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct RemoveDefinitionInput {
    key: String,
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[derive(Debug, SimpleObject)]
struct RemoveDefinitionPayload {
    key: String,
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

#[Object]
impl RemoveDefinition {
    /// Only a disabled definition without instances. Its history stays.
    async fn remove_definition(
        &self,
        ctx: &Context<'_>,
        input: RemoveDefinitionInput,
    ) -> Result<RemoveDefinitionPayload> {
        let (position, user_errors) = told(take_out(ctx, &input).await)?;
        Ok(RemoveDefinitionPayload {
            key: input.key,
            position: position.map(Place),
            user_errors,
        })
    }
}

async fn take_out(ctx: &Context<'_>, input: &RemoveDefinitionInput) -> Result<Position, Trouble> {
    let app = app(ctx);
    let terms = Terms {
        expected_revision: input.expected_revision,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "removeDefinition", input)?;
    if let Some(position) = earlier(app, &options).await? {
        return Ok(position);
    }
    let loaded = app.definitions.load(&input.key).await.map_err(internal)?;
    let Some(live) = loaded.aggregate.live() else {
        return Err(not_found(&input.key, "/key").into());
    };
    let stream = crate::operations::definition_stream(&live.key);
    if let Some(expected) = options.expected_version
        && expected != loaded.version
    {
        return Err(conflict(app, &stream, (expected, loaded.version), REVISION).await);
    }
    match remove(app, &live.key, live.id, options).await {
        Ok(position) => Ok(position),
        Err(Removal::TablesBehind) => {
            let message = "The tables are behind the log. Try again in a moment";
            Err(UserError::new(UserErrorCode::TablesBehind, message).into())
        }
        Err(Removal::KeepsChanging) => {
            let message = "The definition keeps changing. Try again";
            Err(UserError::new(UserErrorCode::Conflict, message).into())
        }
        Err(Removal::Tables(error)) => Err(Trouble::Failed(internal(error))),
        Err(Removal::Store(error)) => Err(Trouble::Failed(internal(error))),
        Err(Removal::Command(error)) => Err(refused(app, &stream, error, of_definition).await),
    }
}

//! `POST /admin/strategy/definitions/{id}/disable`: refuses new starts; running instances go on.

use axum::extract::State;
use axum::response::Response;
use domain::definition::{DefinitionCommand, DisableDefinition};

use super::change::change;
use super::{PathId, subject};
use crate::caller::Caller;
use crate::express::HttpError;
use crate::openapi::{Definition, ErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    post, path = "/admin/strategy/definitions/{id}/disable", tag = "definitions",
    operation_id = "disable_definition", security(("token" = [])),
    params(("id" = String, Path, description = "The definition's id")),
    responses(
        (status = 201, description = "The definition as it is now", body = Definition),
        (status = 400, description = "No definition has this id", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn disable(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId,
) -> Result<Response, HttpError> {
    let options = caller.options(&format!("disable-definition:{id}"), "");
    let definition = subject(&app, &id, &options).await?;
    let command = DefinitionCommand::Disable(DisableDefinition {
        definition_id: definition.id,
        disabled_at: app.clock.now(),
    });
    change(&app, &definition.key, command, options).await
}

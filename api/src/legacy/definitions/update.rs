//! `POST /admin/strategy/definitions/{id}/update`: changes what starts run, without a version.

use axum::extract::State;
use axum::response::Response;
use domain::definition::{DefinitionCommand, UpdateDefinition};

use super::change::change;
use super::changes::changes;
use super::{ChangesRequest, PathId, subject};
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{Definition, ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    post, path = "/admin/strategy/definitions/{id}/update", tag = "definitions",
    operation_id = "update_definition", security(("token" = [])),
    params(("id" = String, Path, description = "The definition's id")),
    request_body = ChangesRequest,
    responses(
        (status = 201, description = "The definition as it is now", body = Definition),
        (status = 400, description = "Refused: the message says why", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn update(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId,
    fields: Fields,
) -> Result<Response, HttpError> {
    let options = caller.options(&format!("update-definition:{id}"), &fields.fingerprint());
    let definition = subject(&app, &id, &options).await?;
    let command = DefinitionCommand::Update(UpdateDefinition {
        definition_id: definition.id,
        changes: changes(&fields)?,
        updated_at: app.clock.now(),
    });
    change(&app, &definition.key, command, options).await
}

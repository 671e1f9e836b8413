//! `POST /admin/strategy/definitions/{id}/publish`: freezes the content as a version.

use axum::extract::State;
use axum::response::Response;
use domain::definition::{DefinitionCommand, PublishDefinition};
use utoipa::ToSchema;

use super::change::change;
use super::changes::changes;
use super::{ChangesRequest, PathId, subject};
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{Definition, ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

/// All members are optional, and so is the body.
#[derive(Debug, ToSchema)]
pub struct PublishRequest {
    #[serde(flatten)]
    pub changes: ChangesRequest,
    /// `x.y.z`; the next free patch version when absent or empty.
    pub version: Option<String>,
}

#[utoipa::path(
    post, path = "/admin/strategy/definitions/{id}/publish", tag = "definitions",
    operation_id = "publish_definition", security(("token" = [])),
    params(("id" = String, Path, description = "The definition's id")),
    request_body(content = Option<PublishRequest>),
    responses(
        (status = 201, description = "The definition with its new version", body = Definition),
        (status = 400, description = "Refused: the message says why", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn publish(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId,
    fields: Fields,
) -> Result<Response, HttpError> {
    let options = caller.options(&format!("publish-definition:{id}"), &fields.fingerprint());
    let definition = subject(&app, &id, &options).await?;
    let command = DefinitionCommand::Publish(PublishDefinition {
        definition_id: definition.id,
        changes: changes(&fields)?,
        version: fields.text("version")?,
        published_at: app.clock.now(),
    });
    change(&app, &definition.key, command, options).await
}

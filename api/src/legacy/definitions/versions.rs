//! `GET /admin/strategy/definitions/{id}/versions`: what was published, the latest first.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use projections::versions::query;

use super::{PathId, require};
use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::openapi::{DefinitionVersion, ErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/admin/strategy/definitions/{id}/versions", tag = "definitions",
    operation_id = "list_definition_versions", security(("token" = [])),
    params(("id" = String, Path, description = "The definition's id")),
    responses(
        (status = 200, description = "Its versions, the latest first", body = [DefinitionVersion]),
        (status = 400, description = "No definition has this id", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn versions(
    State(app): State<AppState>,
    PathId(id): PathId,
) -> Result<Response, HttpError> {
    let definition = require(&app, &id).await?;
    let rows = query::list(&app.tables, definition.id).await?;
    let rows = rows.iter().map(answers::version).collect();
    Ok(express::json(StatusCode::OK, &rows))
}

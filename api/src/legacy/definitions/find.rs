//! `GET /admin/strategy/definitions/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{PathId, require};
use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::openapi::{Definition, ErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/admin/strategy/definitions/{id}", tag = "definitions",
    operation_id = "find_definition", security(("token" = [])),
    params(("id" = String, Path, description = "The definition's id")),
    responses(
        (status = 200, description = "The definition", body = Definition),
        (status = 400, description = "No definition has this id", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn find(
    State(app): State<AppState>,
    PathId(id): PathId,
) -> Result<Response, HttpError> {
    let row = require(&app, &id).await?;
    Ok(express::json(StatusCode::OK, &answers::definition(&row)))
}

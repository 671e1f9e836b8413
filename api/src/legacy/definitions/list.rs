//! `GET /admin/strategy/definitions`: all of them, by key.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use projections::definitions::query;

use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::openapi::{Definition, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/admin/strategy/definitions", tag = "definitions",
    operation_id = "list_definitions", security(("token" = [])),
    responses(
        (status = 200, description = "All definitions, by key", body = [Definition]),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn list(State(app): State<AppState>) -> Result<Response, HttpError> {
    let rows = query::list(&app.tables).await?;
    let rows = rows.iter().map(answers::definition).collect();
    Ok(express::json(StatusCode::OK, &rows))
}

//! `GET /strategy/all-strategies`: what runs or ever ran, with its parameters.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use projections::instances::{InstanceFilter, query};

use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::openapi::{Strategy, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/strategy/all-strategies", tag = "by type",
    operation_id = "list_all_strategies", security(("token" = []), ()),
    responses(
        (status = 200, description = "All instances, by id", body = [Strategy]),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn all(State(app): State<AppState>) -> Result<Response, HttpError> {
    let rows = query::list(&app.tables, &InstanceFilter::default()).await?;
    let rows = rows.iter().map(answers::strategy).collect();
    Ok(express::json(StatusCode::OK, &rows))
}

//! `GET /strategy/running`: what runs, with its parameters.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use projections::instances::{InstanceFilter, query};

use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::openapi::{Strategy, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/strategy/running", tag = "by type",
    operation_id = "list_running_strategies", security(("token" = []), ()),
    responses(
        (status = 200, description = "Running instances, by id", body = [Strategy]),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn running(State(app): State<AppState>) -> Result<Response, HttpError> {
    let filter = InstanceFilter {
        running_only: true,
        ..InstanceFilter::default()
    };
    let rows = query::list(&app.tables, &filter).await?;
    let rows = rows.iter().map(answers::strategy).collect();
    Ok(express::json(StatusCode::OK, &rows))
}

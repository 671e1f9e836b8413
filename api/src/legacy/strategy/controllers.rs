//! `GET /strategy/controllers`: which executors there are.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use utoipa::ToSchema;

use crate::express;
use crate::openapi::UnauthorizedBody;
use crate::state::AppState;

#[derive(Debug, ToSchema)]
pub struct Controllers {
    /// In alphabetical order.
    pub controllers: Vec<String>,
}

#[utoipa::path(
    get, path = "/strategy/controllers", tag = "by type",
    operation_id = "list_controllers", security(("token" = []), ()),
    responses(
        (status = 200, description = "The executors of this installation", body = Controllers),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn controllers(State(app): State<AppState>) -> Response {
    express::json(
        StatusCode::OK,
        &json!({ "controllers": app.catalogue.executor_types() }),
    )
}

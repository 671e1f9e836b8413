//! `GET /admin/strategies`: the list of `/strategy/running`, always behind a token.

use axum::extract::State;
use axum::response::Response;

use super::running;
use crate::express::HttpError;
use crate::openapi::{Strategy, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/admin/strategies", tag = "by type",
    operation_id = "list_running_strategies_as_admin", security(("token" = [])),
    responses(
        (status = 200, description = "Running instances, by id", body = [Strategy]),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn admin_running(app: State<AppState>) -> Result<Response, HttpError> {
    running(app).await
}

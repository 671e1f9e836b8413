//! `GET /strategy/stop-arbitrage`: stops arbitrage.

use axum::extract::State;
use axum::response::Response;

use super::direct;
use super::types::ARBITRAGE;
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Query;
use crate::openapi::{ErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/strategy/stop-arbitrage", tag = "by type",
    operation_id = "stop_arbitrage", security(("token" = []), ()),
    params(("userId" = String, Query), ("clientId" = String, Query)),
    responses(
        (status = 200, description = "It does not run any more; no body"),
        (status = 400, description = "An id is missing", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
    ),
)]
pub(crate) async fn stop_arbitrage(
    State(app): State<AppState>,
    caller: Caller,
    query: Query,
) -> Result<Response, HttpError> {
    let ids = (query.required("userId")?, query.required("clientId")?);
    direct::stop(&app, &caller, ARBITRAGE, ids).await
}

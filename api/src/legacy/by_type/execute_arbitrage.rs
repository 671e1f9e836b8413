//! `POST /strategy/execute-arbitrage`: starts arbitrage with the parameters sent.

use axum::extract::State;
use axum::response::Response;

use super::direct;
use super::types::{ARBITRAGE, ArbitrageParams};
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    post, path = "/strategy/execute-arbitrage", tag = "by type",
    operation_id = "execute_arbitrage", security(("token" = []), ()),
    request_body = ArbitrageParams,
    responses(
        (status = 200, description = "Started, or started anew; no body"),
        (status = 400, description = "Refused: the message says why", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
        (status = 500, description = "A new instance got no start price", body = ErrorBody),
    ),
)]
pub(crate) async fn execute_arbitrage(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    direct::start(&app, &caller, ARBITRAGE, &fields).await
}

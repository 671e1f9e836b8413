//! `POST /strategy/execute-pure-market-making`: starts market making with the parameters sent.

use axum::extract::State;
use axum::response::Response;

use super::direct;
use super::types::{PURE_MARKET_MAKING, PureMarketMakingParams};
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    post, path = "/strategy/execute-pure-market-making", tag = "by type",
    operation_id = "execute_pure_market_making", security(("token" = []), ()),
    request_body = PureMarketMakingParams,
    responses(
        (status = 200, description = "Started, or started anew; no body"),
        (status = 400, description = "Refused: the message says why", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
        (status = 500, description = "A new instance got no start price", body = ErrorBody),
    ),
)]
pub(crate) async fn execute_pure_market_making(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    direct::start(&app, &caller, PURE_MARKET_MAKING, &fields).await
}

//! `POST /strategy/execute-volume-strategy`: the one type-based start that checks its parameters.

use axum::extract::State;
use axum::response::Response;
use utoipa::ToSchema;

use super::types::VOLUME;
use super::{direct, volume_rules};
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, InvalidBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct VolumeParams {
    pub exchange_name: String,
    pub symbol: String,
    /// Percent.
    pub increment_percentage: f64,
    /// Seconds.
    pub interval_time: u32,
    /// In base currency.
    pub trade_amount: f64,
    /// 0 counts as 1.
    pub num_trades: u32,
    pub user_id: String,
    pub client_id: String,
    /// Percent per trade.
    pub price_push_rate: f64,
    /// `buy` or `sell`; alternates when absent.
    pub post_only_side: Option<String>,
}

#[utoipa::path(
    post, path = "/strategy/execute-volume-strategy", tag = "by type",
    operation_id = "execute_volume", security(("token" = []), ()),
    request_body = VolumeParams,
    responses(
        (status = 200, description = "Started, or started anew; no body"),
        (status = 400, description = "Parameters that break a rule", body = InvalidBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
        (status = 500, description = "A new instance got no start price", body = ErrorBody),
    ),
)]
pub(crate) async fn execute_volume(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let params = volume_rules::check(fields.0).map_err(HttpError::Invalid)?;
    direct::start(&app, &caller, VOLUME, &Fields(params)).await
}

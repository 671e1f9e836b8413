//! `POST /strategy/stop-volume-strategy`: stops a volume strategy.

use axum::extract::State;
use axum::response::Response;
use utoipa::ToSchema;

use super::direct;
use super::types::VOLUME;
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct StopVolume {
    pub user_id: String,
    pub client_id: String,
}

#[utoipa::path(
    post, path = "/strategy/stop-volume-strategy", tag = "by type",
    operation_id = "stop_volume", security(("token" = []), ()),
    request_body = StopVolume,
    responses(
        (status = 200, description = "It does not run any more; no body"),
        (status = 400, description = "An id is missing", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn stop_volume(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let (user_id, client_id) = (
        fields.required_id("userId")?,
        fields.required_id("clientId")?,
    );
    direct::stop(&app, &caller, VOLUME, (&user_id, &client_id)).await
}

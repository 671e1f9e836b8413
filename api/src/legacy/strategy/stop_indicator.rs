//! `POST /strategy/stop-indicator-strategy`: not built here.

use super::unbuilt::not_implemented;
use crate::express::HttpError;
use crate::openapi::{ErrorBody, UnauthorizedBody};

#[utoipa::path(
    post, path = "/strategy/stop-indicator-strategy", tag = "not available",
    operation_id = "stop_indicator", security(("token" = []), ()),
    responses(
        (status = 400, description = "Not JSON", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 501, description = "Always", body = ErrorBody),
    ),
)]
pub(crate) async fn stop_indicator() -> HttpError {
    not_implemented("The indicator strategy")
}

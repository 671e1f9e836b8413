//! `POST /strategy/join`: not built here.

use super::unbuilt::not_implemented;
use crate::express::HttpError;
use crate::openapi::{ErrorBody, UnauthorizedBody};

#[utoipa::path(
    post, path = "/strategy/join", tag = "not available",
    operation_id = "join", security(("token" = []), ()),
    responses(
        (status = 400, description = "Not JSON", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 501, description = "Always", body = ErrorBody),
    ),
)]
pub(crate) async fn join() -> HttpError {
    not_implemented("Joining a strategy")
}

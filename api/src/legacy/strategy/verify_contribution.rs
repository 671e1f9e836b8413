//! `POST /admin/contribution/verify`: not built here.

use super::unbuilt::not_implemented;
use crate::express::HttpError;
use crate::openapi::{ErrorBody, UnauthorizedBody};

#[utoipa::path(
    post, path = "/admin/contribution/verify", tag = "not available",
    operation_id = "verify_contribution", security(("token" = [])),
    responses(
        (status = 400, description = "Not JSON", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 501, description = "Always", body = ErrorBody),
    ),
)]
pub(crate) async fn verify_contribution() -> HttpError {
    not_implemented("Verifying contributions")
}

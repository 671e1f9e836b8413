//! `DELETE /admin/strategy/definitions/{id}/remove`: takes a disabled, unused definition away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use utoipa::ToSchema;

use super::{PathId, subject};
use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::openapi::{ErrorBody, UnauthorizedBody};
use crate::operations::{self, Removal};
use crate::state::AppState;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct Removed {
    /// `Removed strategy definition KEY`
    pub message: String,
    pub definition_id: String,
}

#[utoipa::path(
    delete, path = "/admin/strategy/definitions/{id}/remove", tag = "definitions",
    operation_id = "remove_definition", security(("token" = [])),
    params(("id" = String, Path, description = "The definition's id")),
    responses(
        (status = 200, description = "Removed, with its versions", body = Removed),
        (status = 400, description = "Unknown, enabled or linked", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn remove(
    State(app): State<AppState>,
    caller: Caller,
    PathId(id): PathId,
) -> Result<Response, HttpError> {
    let options = caller.options(&format!("remove-definition:{id}"), "");
    let definition = subject(&app, &id, &options).await?;
    operations::remove(&app, &definition.key, definition.id, options).await?;
    let answer = json!({
        "message": format!("Removed strategy definition {}", definition.key),
        "definitionId": definition.id,
    });
    Ok(express::json(StatusCode::OK, &answer))
}

impl From<Removal> for HttpError {
    fn from(error: Removal) -> Self {
        match error {
            Removal::TablesBehind => {
                let message = "The tables are behind the log. Please try again";
                Self::told(StatusCode::SERVICE_UNAVAILABLE, message)
            }
            Removal::KeepsChanging => {
                let message = "The definition keeps changing. Please try again";
                Self::told(StatusCode::CONFLICT, message)
            }
            Removal::Command(error) => error.into(),
            Removal::Store(error) => error.into(),
            Removal::Tables(error) => error.into(),
        }
    }
}

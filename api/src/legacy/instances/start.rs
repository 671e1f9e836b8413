//! `POST /admin/strategy/instances/start`: starts an instance, or starts it anew.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Acted, LaunchBody, launch_request, started_before};
use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::legacy::definitions;
use crate::legacy::fields::Fields;
use crate::openapi::{ActedOn, ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::operations;
use crate::state::AppState;

#[utoipa::path(
    post, path = "/admin/strategy/instances/start", tag = "instances",
    operation_id = "start_instance", security(("token" = [])),
    request_body = LaunchBody,
    responses(
        (status = 201, description = "Started, or started anew", body = ActedOn),
        (status = 400, description = "The first thing that is wrong", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
        (status = 500, description = "A new instance got no start price", body = ErrorBody),
    ),
)]
pub(crate) async fn start(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let options = caller.options("start-instance", &fields.fingerprint());
    if let Some(Some(answer)) = started_before(&app, &options).await? {
        return Ok(express::json(StatusCode::CREATED, &answer));
    }
    let definition = definitions::require_ref(&app, &fields.required_text("definitionId")?).await?;
    let config = fields.0.get("config").cloned().unwrap_or_default();
    let request = launch_request(&fields, config)?;
    let started = operations::start(&app, &definition, &request, options).await?;
    let answer = Acted::Started.answer(&definition.id, &definition.key, &started.executor_type);
    Ok(express::json(StatusCode::CREATED, &answer))
}

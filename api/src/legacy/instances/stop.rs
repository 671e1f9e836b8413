//! `POST /admin/strategy/instances/stop`: also for what does not run, and from any definition.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{ClientId, UserId};
use domain::instance::InstanceError;

use super::{Acted, StopBody};
use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::legacy::definitions;
use crate::legacy::fields::Fields;
use crate::openapi::{ActedOn, ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::operations::{self, Named};
use crate::state::AppState;

#[utoipa::path(
    post, path = "/admin/strategy/instances/stop", tag = "instances",
    operation_id = "stop_instance", security(("token" = [])),
    request_body = StopBody,
    responses(
        (status = 201, description = "It does not run any more", body = ActedOn),
        (status = 400, description = "Unknown definition, or an id is missing", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn stop(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let row = definitions::require(&app, &fields.required_text("definitionId")?).await?;
    if !app.catalogue.knows(&row.executor_type) {
        return Err(InstanceError::UnsupportedExecutor {
            executor_type: row.executor_type.to_string(),
            allowed: app.catalogue.allowed(),
        }
        .into());
    }
    let named = Named {
        executor_type: row.executor_type.clone(),
        user_id: UserId::new(fields.required_id("userId")?),
        client_id: ClientId::new(fields.required_id("clientId")?),
        market_making_order_id: fields.id("marketMakingOrderId")?,
    };
    let options = caller.options("stop-instance", &fields.fingerprint());
    operations::stop(&app, named, options).await?;
    let answer = Acted::Stopped.answer(&row.id, &row.key, &row.executor_type);
    Ok(express::json(StatusCode::CREATED, &answer))
}

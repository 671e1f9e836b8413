//! `POST /admin/strategy/stop`: by type; also for what does not run.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{ClientId, UserId};
use domain::instance::InstanceError;
use domain::legacy_parameters::executor_type_of;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::operations::{self, Named};
use crate::state::AppState;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct StopByType {
    pub user_id: String,
    pub client_id: String,
    /// `arbitrage`, `marketMaking` or `volume`.
    pub strategy_type: String,
}

#[utoipa::path(
    post, path = "/admin/strategy/stop", tag = "by type",
    operation_id = "stop_by_type", security(("token" = [])),
    request_body = StopByType,
    responses(
        (status = 201, description = "It does not run any more; no body"),
        (status = 400, description = "Unknown type, or an id is missing", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn stop(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    // The original pasted a missing type into its message as JavaScript does
    let strategy_type = fields
        .text("strategyType")?
        .unwrap_or_else(|| "undefined".to_owned());
    let executor_type = executor_type_of(&strategy_type).filter(|one| app.catalogue.knows(one));
    let executor_type = executor_type.ok_or_else(|| InstanceError::UnsupportedExecutor {
        executor_type: strategy_type,
        allowed: app.catalogue.allowed(),
    })?;
    let named = Named {
        executor_type,
        user_id: UserId::new(fields.required_id("userId")?),
        client_id: ClientId::new(fields.required_id("clientId")?),
        market_making_order_id: None,
    };
    let options = caller.options("stop-by-type", &fields.fingerprint());
    operations::stop(&app, named, options).await?;
    Ok(express::empty(StatusCode::CREATED))
}

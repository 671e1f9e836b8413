//! `POST /strategy/rerun`: runs an instance again with the configuration of its last run.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::StrategyKey;
use domain::instance::{InstanceCommand, InstanceError, RestartInstance};
use event_store::CommandError;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct RerunBody {
    pub strategy_key: String,
}

#[utoipa::path(
    post, path = "/strategy/rerun", tag = "by type",
    operation_id = "rerun_strategy", security(("token" = []), ()),
    request_body = RerunBody,
    responses(
        (status = 201, description = "Running anew; no body"),
        (status = 400, description = "No key, or no executor runs its type", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
        (status = 500, description = "Nothing has this key", body = PlainErrorBody),
    ),
)]
pub(crate) async fn rerun(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let key = StrategyKey::new(fields.required_text("strategyKey")?);
    let command = InstanceCommand::Restart(RestartInstance {
        strategy_key: key.clone(),
        restarted_at: app.clock.now(),
    });
    let options = caller.options("rerun", &fields.fingerprint());
    match app.instances.execute(key.as_str(), command, options).await {
        // The original failed on a row that was not there, and callers know the failure
        Err(CommandError::Refused(InstanceError::NotFound(_))) => Err(HttpError::Internal),
        Err(error) => Err(error.into()),
        Ok(receipt) => {
            app.tables_show(receipt.position).await;
            Ok(express::empty(StatusCode::CREATED))
        }
    }
}

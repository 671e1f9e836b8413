//! `POST /admin/strategy/instances/validate`: what a start would run, without starting it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use event_store::CommandError;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{LaunchBody, launch_request};
use crate::express::{self, HttpError};
use crate::legacy::definitions;
use crate::legacy::fields::Fields;
use crate::openapi::{ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::operations::{Look, OperationError, plan};
use crate::state::AppState;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct Validated {
    /// Always true: whatever is not valid answers 400.
    pub valid: bool,
    pub definition_id: String,
    pub definition_key: String,
    pub controller_type: String,
    pub executor_type: String,
    #[schema(value_type = Object)]
    pub merged_config: Map<String, Value>,
}

#[utoipa::path(
    post, path = "/admin/strategy/instances/validate", tag = "instances",
    operation_id = "validate_instance", security(("token" = [])),
    request_body = LaunchBody,
    responses(
        (status = 201, description = "It could be started", body = Validated),
        (status = 400, description = "The first thing that is wrong", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn validate(
    State(app): State<AppState>,
    fields: Fields,
) -> Result<Response, HttpError> {
    let definition = definitions::require_ref(&app, &fields.required_text("definitionId")?).await?;
    let config = fields.0.get("config").cloned().unwrap_or_default();
    let request = launch_request(&fields, config)?;
    let planned = plan(&app, &definition, &request, Look::Latest);
    let planned = planned.await.map_err(found)?;
    let executor_type = &planned.plan.executor_type;
    let answer = json!({
        "valid": true,
        "definitionId": definition.id,
        "definitionKey": definition.key,
        "controllerType": executor_type,
        "executorType": executor_type,
        "mergedConfig": planned.plan.config,
    });
    Ok(express::json(StatusCode::CREATED, &answer))
}

/// Whatever the check finds is the caller's to mend, also what a start would call a failure.
fn found(error: OperationError) -> HttpError {
    match error {
        OperationError::Command(CommandError::Refused(refusal)) => {
            HttpError::bad_request(refusal.to_string())
        }
        other => other.into(),
    }
}

//! What all type-based starts and stops of `/strategy/*` share: 200 and an empty body.

use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{ClientId, ExecutorType, UserId};
use serde_json::Value;

use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::legacy::fields::Fields;
use crate::legacy::instances::launch_request;
use crate::operations::{self, Named};
use crate::state::AppState;

/// Starts with the body as configuration, without a definition.
pub(super) async fn start(
    app: &AppState,
    caller: &Caller,
    executor_type: &str,
    fields: &Fields,
) -> Result<Response, HttpError> {
    let executor_type = ExecutorType::new(executor_type);
    let request = launch_request(fields, Value::Object(fields.0.clone()))?;
    let options = caller.options(&format!("execute-{executor_type}"), &fields.fingerprint());
    operations::start_directly(app, &executor_type, request, options).await?;
    Ok(express::empty(StatusCode::OK))
}

/// Stops, whether or not there is such an instance.
pub(super) async fn stop(
    app: &AppState,
    caller: &Caller,
    executor_type: &str,
    (user_id, client_id): (&str, &str),
) -> Result<Response, HttpError> {
    let operation = format!("stop-directly-{executor_type}");
    let request = serde_json::to_string(&[user_id, client_id]).unwrap_or_default();
    let options = caller.options(&operation, &request);
    let named = Named {
        executor_type: ExecutorType::new(executor_type),
        user_id: UserId::new(user_id),
        client_id: ClientId::new(client_id),
        market_making_order_id: None,
    };
    operations::stop(app, named, options).await?;
    Ok(express::empty(StatusCode::OK))
}

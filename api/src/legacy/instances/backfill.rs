//! `POST /admin/strategy/instances/backfill-definition-links`: links what has no definition yet.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::openapi::UnauthorizedBody;
use crate::operations;
use crate::state::AppState;

#[derive(Debug, ToSchema)]
pub struct BackfillAnswer {
    /// Instances that got a definition now.
    pub updated: u64,
    /// Instances that have none, because none fits; their history says why.
    pub skipped: u64,
}

#[utoipa::path(
    post, path = "/admin/strategy/instances/backfill-definition-links", tag = "instances",
    operation_id = "backfill_definition_links", security(("token" = [])),
    responses(
        (status = 201, description = "Done; safe to repeat", body = BackfillAnswer),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn backfill(
    State(app): State<AppState>,
    caller: Caller,
) -> Result<Response, HttpError> {
    let done = operations::backfill(&app, caller.options("backfill-links", "")).await?;
    let answer = json!({ "updated": done.updated, "skipped": done.skipped });
    Ok(express::json(StatusCode::CREATED, &answer))
}

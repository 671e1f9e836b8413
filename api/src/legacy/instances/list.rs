//! `GET /admin/strategy/instances`: all of them, or with `runningOnly=true` the running ones.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use projections::definitions::{self, DefinitionRow};
use projections::instances::{InstanceFilter, query};

use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::legacy::fields::Query;
use crate::openapi::{Instance, UnauthorizedBody};
use crate::state::AppState;

#[utoipa::path(
    get, path = "/admin/strategy/instances", tag = "instances",
    operation_id = "list_instances", security(("token" = [])),
    params(("runningOnly" = Option<String>, Query,
        description = "Only the exact text `true` filters")),
    responses(
        (status = 200, description = "Instances, by id", body = [Instance]),
        (status = 400, description = "A NUL character in the query",
            body = crate::openapi::ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
    ),
)]
pub(crate) async fn list(State(app): State<AppState>, query: Query) -> Result<Response, HttpError> {
    let running_only = query.single("runningOnly") == Some("true");
    let filter = InstanceFilter {
        running_only,
        ..InstanceFilter::default()
    };
    let rows = query::list(&app.tables, &filter).await?;
    let definitions: BTreeMap<_, DefinitionRow> = definitions::query::list(&app.tables)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let linked = |id: Option<_>| definitions.get(&id?);
    let rows = rows
        .iter()
        .map(|row| answers::listed_instance(row, linked(row.definition_id)))
        .collect();
    Ok(express::json(StatusCode::OK, &rows))
}

//! `DELETE /admin/strategy/definitions/{id}/remove`: takes a disabled, unused definition away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::definition::{DefinitionCommand, RemoveDefinition};
use event_store::{CommandError, CommandOptions};
use projections::definitions::DefinitionRow;
use projections::instances;
use serde_json::json;
use utoipa::ToSchema;

use super::{PathId, require};
use crate::caller::Caller;
use crate::express::{self, HttpError};
use crate::openapi::{ErrorBody, UnauthorizedBody};
use crate::state::AppState;

/// Decisions taken anew when the definition changes meanwhile.
const ATTEMPTS: usize = 8;

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
    let row = require(&app, &id).await?;
    let mut attempt = 1;
    loop {
        match try_remove(&app, &caller, &row).await {
            Err(Attempt::Moved) if attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
            Ok(()) => break,
        }
    }
    let answer = json!({
        "message": format!("Removed strategy definition {}", row.key),
        "definitionId": row.id,
    });
    Ok(express::json(StatusCode::OK, &answer))
}

/// Why one attempt removed nothing.
enum Attempt {
    /// The definition changed between counting its instances and removing it.
    Moved,
    Failed(HttpError),
}

async fn try_remove(app: &AppState, caller: &Caller, row: &DefinitionRow) -> Result<(), Attempt> {
    let loaded = app
        .definitions
        .load(row.key.as_str())
        .await
        .map_err(failed)?;
    // No start can be recorded once the definition is disabled, so tables that have seen it
    // disabled have seen every instance it will ever have
    if !app.tables_reach(loaded.position).await {
        let message = "The tables are behind the log. Please try again";
        let error = HttpError::told(StatusCode::SERVICE_UNAVAILABLE, message);
        return Err(Attempt::Failed(error));
    }
    let linked = instances::query::linked_to(&app.tables, row.id)
        .await
        .map_err(failed)?;
    let command = DefinitionCommand::Remove(RemoveDefinition {
        definition_id: row.id,
        linked_instances: linked,
        removed_at: app.clock.now(),
    });
    let mut options = CommandOptions::from(caller.metadata());
    options.expected_version = Some(loaded.version);
    match app
        .definitions
        .execute(row.key.as_str(), command, options)
        .await
    {
        Err(CommandError::Conflict { .. }) => Err(Attempt::Moved),
        Err(error) => Err(failed(error)),
        Ok(receipt) => {
            app.tables_show(receipt.position).await;
            Ok(())
        }
    }
}

fn failed(error: impl Into<HttpError>) -> Attempt {
    Attempt::Failed(error.into())
}

impl From<Attempt> for HttpError {
    fn from(attempt: Attempt) -> Self {
        match attempt {
            Attempt::Failed(error) => error,
            Attempt::Moved => {
                let message = "The definition keeps changing. Please try again";
                Self::told(StatusCode::CONFLICT, message)
            }
        }
    }
}

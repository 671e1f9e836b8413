//! Runs a command and answers with the definition as the command left it.

use axum::http::StatusCode;
use axum::response::Response;
use domain::ErrorChain;
use domain::definition::{DefinitionCommand, DefinitionError, DefinitionEvent};
use domain::ids::DefinitionKey;
use event_store::{CommandOptions, Receipt};
use projections::definitions::{DefinitionRow, definition_at, query};

use crate::express::{self, HttpError};
use crate::legacy::answers;
use crate::state::AppState;

pub(super) async fn change(
    app: &AppState,
    key: &DefinitionKey,
    command: DefinitionCommand,
    options: CommandOptions,
) -> Result<Response, HttpError> {
    let receipt = app
        .definitions
        .execute(key.as_str(), command, options)
        .await?;
    app.tables_show(receipt.position).await;
    let row = as_recorded(app, key, &receipt).await?;
    Ok(express::json(
        StatusCode::CREATED,
        &answers::definition(&row),
    ))
}

/// What somebody else has done to it since belongs into their answer, and what the tables do not show
/// yet is in the log.
async fn as_recorded(
    app: &AppState,
    key: &DefinitionKey,
    receipt: &Receipt<DefinitionEvent>,
) -> Result<DefinitionRow, HttpError> {
    let seen = query::find_by_key(&app.tables, key).await;
    let seen = seen.unwrap_or_else(|error| {
        tracing::warn!(error = %ErrorChain(&error), "answering from the log");
        None
    });
    let row = definition_at(app.log.as_ref(), key, receipt.version, seen).await?;
    Ok(row.ok_or_else(|| DefinitionError::NotFound(key.to_string()))?)
}

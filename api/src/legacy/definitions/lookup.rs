//! From the id a caller names to the definition.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::definition::DefinitionError;
use domain::ids::DefinitionId;
use projections::definitions::{DefinitionRow, query};
use serde_json::Value;
use uuid::Uuid;

use crate::definition_keys::DefinitionRef;
use crate::express::HttpError;
use crate::state::AppState;

/// The `{id}` of the path, which may be anything: what is no UUID is an unknown id.
#[derive(Debug)]
pub(crate) struct PathId(pub(crate) String);

impl FromRequestParts<AppState> for PathId {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, HttpError> {
        let path = Path::<String>::from_request_parts(parts, app).await;
        path.map(|Path(id)| Self(id))
            .map_err(|_| HttpError::bad_request("Failed to decode the definition id of the path"))
    }
}

/// The definition with this id. An unknown one is refused in the contract's words.
pub(crate) async fn require(app: &AppState, id: &str) -> Result<DefinitionRow, HttpError> {
    let unknown = || DefinitionError::NotFound(id.to_owned());
    let uuid = Uuid::try_parse(id).map_err(|_| unknown())?;
    let row = query::find(&app.tables, DefinitionId(uuid)).await?;
    Ok(row.ok_or_else(unknown)?)
}

/// As [`require`], for commands that read the definition from the log anyway.
pub(crate) async fn require_ref(app: &AppState, id: &str) -> Result<DefinitionRef, HttpError> {
    let unknown = || DefinitionError::NotFound(id.to_owned());
    let uuid = Uuid::try_parse(id).map_err(|_| unknown())?;
    let found = app
        .definition_keys
        .find(&app.tables, DefinitionId(uuid))
        .await?;
    Ok(found.ok_or_else(unknown)?)
}

/// The definition as it is now, for the answer to a command that changed it.
pub(crate) async fn known(app: &AppState, id: DefinitionId) -> Result<Value, HttpError> {
    let row = require(app, &id.to_string()).await?;
    Ok(crate::legacy::answers::definition(&row))
}

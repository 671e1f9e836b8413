//! From the id a caller names to the definition.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::definition::DefinitionError;
use domain::ids::{DefinitionId, DefinitionKey};
use event_store::CommandOptions;
use projections::definitions::{DefinitionRow, query};
use uuid::Uuid;

use crate::definition_keys::DefinitionRef;
use crate::express::HttpError;
use crate::operations::recorded_before;
use crate::state::AppState;

/// The `{id}` of the path, which may be anything: what is not a UUID is an unknown id.
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

/// An id is the one text that answers show it as; other spellings of the same number are unknown.
fn named(id: &str) -> Option<DefinitionId> {
    let uuid = Uuid::try_parse(id).ok()?;
    let canonical = uuid.hyphenated().to_string();
    (canonical == id).then_some(DefinitionId(uuid))
}

/// The definition with this id. An unknown one is refused in the contract's words.
pub(crate) async fn require(app: &AppState, id: &str) -> Result<DefinitionRow, HttpError> {
    let unknown = || DefinitionError::NotFound(id.to_owned());
    let id = named(id).ok_or_else(unknown)?;
    let row = query::find(&app.tables, id).await?;
    Ok(row.ok_or_else(unknown)?)
}

/// As [`require`], for commands that read the definition from the log anyway.
pub(crate) async fn require_ref(app: &AppState, id: &str) -> Result<DefinitionRef, HttpError> {
    let unknown = || DefinitionError::NotFound(id.to_owned());
    let id = named(id).ok_or_else(unknown)?;
    let found = app.definition_keys.find(&app.tables, id).await?;
    Ok(found.ok_or_else(unknown)?)
}

/// The definition a command is about: the one with this id, or, when this very request was made
/// before, the one it was about then, which may be gone.
pub(crate) async fn subject(
    app: &AppState,
    id: &str,
    options: &CommandOptions,
) -> Result<DefinitionRef, HttpError> {
    let unknown = match require(app, id).await {
        Ok(row) => {
            return Ok(DefinitionRef {
                id: row.id,
                key: row.key,
            });
        }
        Err(unknown) => unknown,
    };
    match (named(id), recorded_before(app, options).await?) {
        (Some(id), Some(event)) => Ok(DefinitionRef {
            id,
            key: DefinitionKey::new(event.stream.aggregate_id),
        }),
        _ => Err(unknown),
    }
}

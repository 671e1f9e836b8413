//! `POST /admin/strategy/definitions`: a new definition, with version 1.0.0 published.

use axum::extract::State;
use axum::response::Response;
use domain::definition::{CreateDefinition, DefinitionCommand, DefinitionContent, DefinitionError};
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::change::change;
use crate::caller::Caller;
use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::openapi::{Definition, ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::state::AppState;

const DEFAULT_VISIBILITY: &str = "system";

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct CreateRequest {
    /// Unique for ever: `pure-market-making`.
    pub key: String,
    pub name: String,
    pub description: Option<String>,
    /// One of the installation's executors.
    pub controller_type: String,
    /// The older name of `controllerType`; one of the two is required.
    pub executor_type: Option<String>,
    /// JSON Schema 2020-12 that a merged configuration must satisfy.
    #[schema(value_type = Object)]
    pub config_schema: Value,
    /// Values for whatever a start leaves out.
    #[schema(value_type = Object)]
    pub default_config: Map<String, Value>,
    #[schema(default = "system")]
    pub visibility: Option<String>,
    pub created_by: Option<String>,
}

#[utoipa::path(
    post, path = "/admin/strategy/definitions", tag = "definitions",
    operation_id = "create_definition", security(("token" = [])),
    request_body = CreateRequest,
    responses(
        (status = 201, description = "Created and enabled", body = Definition),
        (status = 400, description = "Refused: the message says why", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
    ),
)]
pub(crate) async fn create(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let key = DefinitionKey::new(fields.required_text("key")?);
    let command = DefinitionCommand::Create(CreateDefinition {
        definition_id: DefinitionId(Uuid::new_v4()),
        key: key.clone(),
        content: content(&fields)?,
        created_by: fields.text("createdBy")?,
        created_at: app.clock.now(),
    });
    let options = caller.options("create-definition", &fields.fingerprint());
    change(&app, &key, command, options).await
}

fn content(fields: &Fields) -> Result<DefinitionContent, HttpError> {
    let name = fields.required_text("name")?;
    let executor_type = fields
        .executor_type()?
        .ok_or_else(|| HttpError::missing("controllerType"))?;
    let config_schema = fields
        .get("configSchema")
        .ok_or_else(|| HttpError::missing("configSchema"))?;
    let default_config = match fields.get("defaultConfig") {
        None => return Err(HttpError::missing("defaultConfig")),
        Some(Value::Object(map)) => map.clone(),
        Some(_) => return Err(DefinitionError::NotAnObject("defaultConfig").into()),
    };
    let visibility = fields.text("visibility")?;
    Ok(DefinitionContent {
        name,
        description: fields.text("description")?,
        executor_type: ExecutorType::new(executor_type),
        config_schema: config_schema.clone(),
        default_config,
        visibility: visibility.unwrap_or_else(|| DEFAULT_VISIBILITY.to_owned()),
    })
}

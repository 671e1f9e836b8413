//! What an update or a publish may change; other members are ignored.

use domain::definition::DefinitionChanges;
use domain::ids::ExecutorType;
use serde_json::Value;
use utoipa::ToSchema;

use crate::express::HttpError;
use crate::legacy::fields::Fields;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct ChangesRequest {
    pub name: Option<String>,
    /// Null clears it.
    pub description: Option<String>,
    pub controller_type: Option<String>,
    /// The older name of `controllerType`.
    pub executor_type: Option<String>,
    /// JSON Schema 2020-12.
    #[schema(value_type = Option<Object>)]
    pub config_schema: Option<Value>,
    #[schema(value_type = Option<Object>)]
    pub default_config: Option<Value>,
    pub visibility: Option<String>,
}

pub(super) fn changes(fields: &Fields) -> Result<DefinitionChanges, HttpError> {
    let description = match fields.0.get("description") {
        None => None,
        Some(_) => Some(fields.text("description")?),
    };
    Ok(DefinitionChanges {
        name: fields.text("name")?,
        description,
        executor_type: fields.executor_type()?.map(ExecutorType::new),
        config_schema: fields.get("configSchema").cloned(),
        default_config: fields.get("defaultConfig").cloned(),
        visibility: fields.text("visibility")?,
    })
}

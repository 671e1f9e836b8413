//! Where each member of a configuration comes from.

use async_graphql::{Context, Enum, Result, SimpleObject};
use domain::config::{pointer_to, system_members};
use domain::definition::DefinitionContent;
use domain::ids::ExecutorType;
use domain::instance::{defaults_for_a_start, is_updatable};
use projections::instances::InstanceRow;
use serde_json::{Map, Value};

use crate::graphql::context::loaders;
use crate::graphql::definitions::content_of;
use crate::graphql::scalars::Json;

#[derive(Debug, SimpleObject)]
pub(crate) struct ConfigField {
    /// Of the configuration: `/bidSpread`.
    pointer: String,
    name: String,
    value: Json,
    source: FieldSource,
    /// Null when there is none.
    default_value: Option<Json>,
    /// The schema names it.
    in_schema: bool,
    /// It can change while the instance runs: `reconfigureInstance`.
    updatable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum FieldSource {
    Default,
    Override,
    /// Set by the server: ids and where volume trades.
    System,
}

/// Against the version the run was started from.
pub(super) async fn config_fields_of(
    ctx: &Context<'_>,
    row: &InstanceRow,
) -> Result<Vec<ConfigField>> {
    let content = match (row.definition_id, &row.definition_version) {
        (Some(id), Some(version)) => {
            let versions = loaders(ctx).versions(id).await?;
            let row = versions.iter().find(|row| row.version == *version);
            row.map(content_of)
        }
        _ => None,
    };
    Ok(config_fields(
        &row.config,
        row.executor_type.as_ref(),
        content.as_ref(),
    ))
}

/// Without a definition everything is an override.
pub(crate) fn config_fields(
    config: &Map<String, Value>,
    executor_type: Option<&ExecutorType>,
    content: Option<&DefinitionContent>,
) -> Vec<ConfigField> {
    let defaults = content.map(defaults_for_a_start).unwrap_or_default();
    let properties = content.and_then(|content| content.config_schema.get("properties"));
    let property = |name: &str| properties.and_then(|all| all.get(name));
    let system = executor_type.map_or(&[][..], system_members);
    let field = |(name, value): (&String, &Value)| {
        let default = defaults.get(name);
        let source = if system.contains(&name.as_str()) {
            FieldSource::System
        } else if default == Some(value) {
            FieldSource::Default
        } else {
            FieldSource::Override
        };
        ConfigField {
            pointer: pointer_to("", name),
            name: name.clone(),
            value: Json(value.clone()),
            source,
            default_value: default.cloned().map(Json),
            in_schema: property(name).is_some(),
            updatable: property(name).is_some_and(is_updatable),
        }
    };
    config.iter().map(field).collect()
}

//! What an update or a publish may change.

use async_graphql::MaybeUndefined;
use domain::definition::DefinitionChanges;
use domain::ids::ExecutorType;

use crate::graphql::scalars::Json;

pub(super) fn changes(
    name: Option<String>,
    description: MaybeUndefined<String>,
    executor_type: Option<String>,
    config_schema: Option<Json>,
    default_config: Option<Json>,
    visibility: Option<String>,
) -> DefinitionChanges {
    let description = match description {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(text) => Some(Some(text)),
    };
    DefinitionChanges {
        name,
        description,
        executor_type: executor_type.map(ExecutorType::new),
        config_schema: config_schema.map(|json| json.0),
        default_config: default_config.map(|json| json.0),
        visibility,
    }
}

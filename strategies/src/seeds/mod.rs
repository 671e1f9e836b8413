//! The definitions a new installation starts with.

mod arbitrage;
mod pure_market_making;
mod volume;

use domain::definition::DefinitionContent;
use domain::ids::{DefinitionKey, ExecutorType};
use serde_json::{Map, Value};

/// A definition to create when its key is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultDefinition {
    pub key: DefinitionKey,
    pub content: DefinitionContent,
}

/// One per built-in strategy, as the original shipped them.
pub fn default_strategy_definitions() -> Vec<DefaultDefinition> {
    vec![
        pure_market_making::definition(),
        arbitrage::definition(),
        volume::definition(),
    ]
}

/// What tells one seed from another.
struct Seed {
    key: &'static str,
    name: &'static str,
    description: &'static str,
    executor_type: &'static str,
    config_schema: Value,
    default_config: Value,
}

impl From<Seed> for DefaultDefinition {
    fn from(seed: Seed) -> Self {
        let default_config = match seed.default_config {
            Value::Object(map) => map,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Map::new(),
        };
        Self {
            key: DefinitionKey::new(seed.key),
            content: DefinitionContent {
                name: seed.name.to_owned(),
                description: Some(seed.description.to_owned()),
                executor_type: ExecutorType::new(seed.executor_type),
                config_schema: seed.config_schema,
                default_config,
                visibility: "system".to_owned(),
            },
        }
    }
}

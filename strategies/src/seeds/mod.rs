//! The definitions a new installation starts with.

mod arbitrage;
mod field;
mod pure_market_making;
mod pure_market_making_options;
#[cfg(test)]
mod tests;
mod volume;

use domain::definition::{DefinitionContent, DefinitionVersion};
use domain::ids::{DefinitionKey, ExecutorType};
use serde_json::{Map, Value};

/// Far above what people number their own versions, so that they never meet.
const DESCRIBED_VERSION: &str = "1.100.0";

/// A definition to create when its key is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultDefinition {
    pub key: DefinitionKey,
    /// The first version, as the original shipped it.
    pub content: DefinitionContent,
    /// The version that stands beside it: every field there is, with title, meaning and unit.
    pub described: (DefinitionVersion, DefinitionContent),
}

/// One per built-in strategy.
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
    described_schema: Value,
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
        let content = DefinitionContent {
            name: seed.name.to_owned(),
            description: Some(seed.description.to_owned()),
            executor_type: ExecutorType::new(seed.executor_type),
            config_schema: seed.config_schema,
            default_config,
            visibility: "system".to_owned(),
        };
        let described = DefinitionContent {
            config_schema: seed.described_schema,
            default_config: in_the_schemas_spelling(&content.default_config),
            ..content.clone()
        };
        Self {
            key: DefinitionKey::new(seed.key),
            content,
            described: (DefinitionVersion::imported(DESCRIBED_VERSION), described),
        }
    }
}

/// The original wrote one choice in capitals; executors take it either way, a list of choices does not.
fn in_the_schemas_spelling(config: &Map<String, Value>) -> Map<String, Value> {
    let mut config = config.clone();
    if let Some(Value::String(source)) = config.get_mut("priceSourceType") {
        source.make_ascii_lowercase();
    }
    config
}

//! Configuration schemas: JSON Schema 2020-12, compiled so that no schema can hang or exhaust us.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Violation;

/// A schema that is known to be valid, bounded and self-contained.
#[derive(Debug)]
pub struct ConfigSchema {
    validator: jsonschema::Validator,
}

impl ConfigSchema {
    /// Refuses what is not a 2020-12 schema for objects, refers outside itself, or loops.
    pub fn compile(schema: &Value) -> Result<Self, Vec<Violation>> {
        jsonschema::options()
            .offline()
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(schema)
            .map(|validator| Self { validator })
            .map_err(|error| {
                vec![Violation::new(
                    error.instance_path().as_str(),
                    "schema",
                    error.to_string(),
                )]
            })
    }

    /// Everything wrong with `config`, in schema order.
    pub fn violations(&self, config: &Map<String, Value>) -> Vec<Violation> {
        let instance = Value::Object(config.clone());
        self.validator
            .iter_errors(&instance)
            .map(|error| {
                Violation::new(
                    error.instance_path().as_str(),
                    error.kind().keyword(),
                    error.to_string(),
                )
            })
            .collect()
    }
}

/// SHA-256 of the schema's canonical JSON (keys sorted), lower-case hex.
pub fn schema_digest(schema: &Value) -> String {
    let mut sorted = schema.clone();
    sorted.sort_all_objects();
    let digest = Sha256::digest(sorted.to_string().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

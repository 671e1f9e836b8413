//! The original's validator, for its wording and its order (legacy contract §1.8).
//!
//! Whether a configuration is acceptable is decided by [`super::ConfigSchema`]; this says it the
//! way legacy callers know it, wherever the original knew the keyword. One rule of the original
//! stays a rule here: a required member that is null counts as missing.

use serde_json::{Map, Value};

use super::Violation;
use super::merge::seen_in_legacy_order;
use super::pointer;
use super::wording;
use crate::money::Decimal;
use crate::phrase::{Param, Phrase};

/// The first thing the original would have refused; `None` when it would have accepted the
/// configuration.
///
/// Looked for in its order: the root type, then `required` as listed, then each property that is
/// there and not null (type, nested object, minimum, enum), then unknown members.
pub fn first_legacy_failure(schema: &Value, config: &Value) -> Option<Violation> {
    let (schema, config) = (schema.as_object()?, config.as_object()?);
    if !wording::allows_only_objects(schema) {
        return Some(Violation::said("", "type", Phrase::OnlyObjectSchemas {}));
    }
    first_failure(schema, config, "")
}

fn first_failure(
    schema: &Map<String, Value>,
    object: &Map<String, Value>,
    at: &str,
) -> Option<Violation> {
    let none = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties = properties.unwrap_or(&none);
    missing(schema, object, at)
        .or_else(|| {
            // The original walked the properties as its language orders them
            let ordered = seen_in_legacy_order(properties);
            let mut properties = ordered.iter();
            properties.find_map(|(name, schema)| wrong_property(schema, name, object, at))
        })
        .or_else(|| unknown(schema, properties, object, at))
}

fn missing(
    schema: &Map<String, Value>,
    object: &Map<String, Value>,
    at: &str,
) -> Option<Violation> {
    let required = schema.get("required")?.as_array()?;
    let mut names = required.iter().filter_map(Value::as_str);
    let name = names.find(|name| object.get(*name).is_none_or(Value::is_null))?;
    Some(Violation::said(at, "required", wording::missing(name)))
}

fn wrong_property(
    schema: &Value,
    name: &str,
    object: &Map<String, Value>,
    at: &str,
) -> Option<Violation> {
    let schema = schema.as_object()?;
    let value = object.get(name).filter(|value| !value.is_null())?;
    // Most properties are as they should be, and nobody asks for their paths
    let at = || pointer::join(at, name);
    let subject = || wording::field(&at());
    let wrong = |keyword, phrase| Some(Violation::said(at(), keyword, phrase));
    let type_name = schema.get("type").and_then(Value::as_str);
    if let Some(type_name) = type_name.filter(|type_name| !has_type(value, type_name)) {
        let (subject, types) = (subject(), Param::text(type_name));
        return wrong("type", Phrase::MustBeOfType { subject, types });
    }
    if let (Some("object"), Value::Object(inner)) = (type_name, value)
        && let Some(failure) = first_failure(schema, inner, &at())
    {
        return Some(failure);
    }
    if let Some(minimum) = schema
        .get("minimum")
        .filter(|minimum| is_below(value, minimum))
    {
        let (subject, limit) = (subject(), Param::Text(wording::plain(minimum)));
        return wrong("minimum", Phrase::MustBeAtLeast { subject, limit });
    }
    let options = schema.get("enum").and_then(Value::as_array);
    if let Some(options) = options.filter(|options| !options.iter().any(|o| is_same(o, value))) {
        return wrong("enum", wording::one_of(subject(), options));
    }
    None
}

/// The original knew nothing of `patternProperties`: where a schema has them, they decide.
fn unknown(
    schema: &Map<String, Value>,
    properties: &Map<String, Value>,
    object: &Map<String, Value>,
    at: &str,
) -> Option<Violation> {
    let strict = schema.get("additionalProperties") == Some(&Value::Bool(false));
    if !strict || schema.contains_key("patternProperties") {
        return None;
    }
    let name = object.keys().find(|name| !properties.contains_key(*name))?;
    let at = pointer::join(at, name);
    let subject = wording::field(&at);
    let phrase = Phrase::NotAllowed { subject };
    Some(Violation::said(&at, "additionalProperties", phrase))
}

/// Types the original did not know accept everything, `integer` among them.
fn has_type(value: &Value, type_name: &str) -> bool {
    match type_name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn is_below(value: &Value, minimum: &Value) -> bool {
    match (number(value), number(minimum)) {
        (Some(value), Some(minimum)) => value < minimum,
        _ => false,
    }
}

fn is_same(option: &Value, value: &Value) -> bool {
    match (number(option), number(value)) {
        (Some(option), Some(value)) => option == value,
        _ => option == value,
    }
}

/// A numeric string is not a number here: the original did not convert.
fn number(value: &Value) -> Option<Decimal> {
    let number = value.is_number().then_some(value)?;
    Decimal::try_from_json(number).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(schema: &Value, config: &Value) -> Option<String> {
        let failure = first_legacy_failure(schema, config);
        failure.map(|violation| violation.message)
    }

    fn refusal(schema: &Value, config: &Value) -> String {
        message(schema, config).unwrap()
    }

    fn property(schema: &Value) -> Value {
        json!({"type": "object", "properties": {"x": schema}})
    }

    #[test]
    fn only_object_schemas_are_supported() {
        for root in [json!("array"), json!(["object", "null"]), json!("string")] {
            assert_eq!(
                refusal(&json!({"type": root, "required": ["a"]}), &json!({})),
                "Only object config schemas are supported"
            );
        }
        for root in [
            json!({}),
            json!({"type": "object"}),
            json!({"type": ["object"]}),
        ] {
            assert_eq!(message(&root, &json!({"any": 1})), None);
        }
    }

    #[test]
    fn required_fields_come_first_in_listed_order_and_null_is_missing() {
        let schema = json!({
            "properties": {"a": {"type": "string"}, "b": {}},
            "required": ["b", "a", "c"], "additionalProperties": false,
        });
        for (config, field) in [
            (json!({"a": 5, "q": 1}), "b"),
            (json!({"a": 5, "b": null}), "b"),
            (json!({"a": "", "b": 0}), "c"),
        ] {
            let text = format!("Missing required config field: {field}");
            assert_eq!(refusal(&schema, &config), text);
        }
    }

    #[test]
    fn types_are_not_converted() {
        for (kind, wrong) in [
            ("string", json!(1)),
            ("number", json!("1")),
            ("boolean", json!("true")),
            ("array", json!({})),
            ("object", json!([])),
        ] {
            assert_eq!(
                refusal(&property(&json!({ "type": kind })), &json!({"x": wrong})),
                format!("Config field x must be {kind}")
            );
        }
        assert_eq!(
            message(&property(&json!({"type": "integer"})), &json!({"x": "a"})),
            None
        );
        assert_eq!(
            message(&property(&json!({"type": "string"})), &json!({"x": ""})),
            None
        );
        assert_eq!(
            message(&property(&json!({"type": "string"})), &json!({"x": null})),
            None
        );
    }

    #[test]
    fn numbers_are_printed_as_the_original_printed_them() {
        for (minimum, printed) in [
            ("0", "0"),
            ("1.0", "1"),
            ("1000", "1000"),
            ("1e3", "1000"),
            ("0.50", "0.5"),
            ("1e-7", "1e-7"),
            ("1e21", "1e+21"),
        ] {
            let schema = format!(r#"{{"properties":{{"x":{{"minimum":{minimum}}}}}}}"#);
            assert_eq!(
                refusal(&serde_json::from_str(&schema).unwrap(), &json!({"x": -1})),
                format!("Config field x must be >= {printed}")
            );
        }
        assert_eq!(
            message(&property(&json!({"minimum": 1})), &json!({"x": 1.0})),
            None
        );
        assert_eq!(
            message(&property(&json!({"minimum": 1})), &json!({"x": "a"})),
            None
        );
    }

    #[test]
    fn enums_are_listed_in_order() {
        let schema: Value =
            serde_json::from_str(r#"{"properties":{"x":{"enum":["buy","sell",1.0,true]}}}"#)
                .unwrap();
        assert_eq!(
            refusal(&schema, &json!({"x": "BUY"})),
            "Config field x must be one of: buy, sell, 1, true"
        );
        assert_eq!(message(&schema, &json!({"x": 1})), None);
    }

    #[test]
    fn a_field_is_checked_for_type_then_inside_then_minimum_then_enum() {
        let schema = property(&json!({"type": "number", "minimum": 5, "enum": [10]}));
        for (value, rule) in [
            (json!("a"), "must be number"),
            (json!(4), "must be >= 5"),
            (json!(6), "must be one of: 10"),
        ] {
            let text = format!("Config field x {rule}");
            assert_eq!(refusal(&schema, &json!({ "x": value })), text);
        }
    }

    #[test]
    fn nested_fields_have_dotted_paths_except_when_missing() {
        let schema = property(&json!({
            "type": "object", "required": ["b"], "additionalProperties": false,
            "properties": {"b": {"type": "string"}},
        }));
        for (inner, text) in [
            (json!({}), "Missing required config field: b"),
            (json!({"b": 1}), "Config field x.b must be string"),
            (json!({"b": "", "c": 1}), "Config field x.c is not allowed"),
        ] {
            assert_eq!(refusal(&schema, &json!({ "x": inner })), text);
        }
    }

    #[test]
    fn properties_are_walked_with_index_like_names_first() {
        let schema = json!({"properties": {"b": {"type": "string"}, "2": {"type": "string"}}});
        assert_eq!(
            refusal(&schema, &json!({"b": 1, "2": 1})),
            "Config field 2 must be string"
        );
    }

    #[test]
    fn keywords_the_original_ignored_are_left_to_the_full_validator() {
        let schema = property(&json!({
            "maximum": 1, "exclusiveMinimum": 9, "pattern": "^a", "maxLength": 1, "oneOf": [false],
            "format": "email", "type": ["string", "null"],
        }));
        assert_eq!(message(&schema, &json!({"x": 5, "y": 6})), None);
        let patterned = json!({"additionalProperties": false, "patternProperties": {"^x": {}}});
        assert_eq!(message(&patterned, &json!({"x1": 5})), None);
    }

    #[test]
    fn the_failure_points_at_its_place() {
        let schema = property(&json!({"type": "object", "properties": {"a/b": {"minimum": 1}}}));
        let config = json!({"x": {"a/b": 0}});
        let failure = first_legacy_failure(&schema, &config).unwrap();
        assert_eq!(
            (failure.pointer.as_str(), failure.keyword.as_str()),
            ("/x/a~1b", "minimum")
        );
        assert_eq!(failure.message, "Config field x.a/b must be >= 1");
    }
}

//! Hostile schemas: each is refused, or harmless.

use serde_json::{Map, json};

use super::*;
use crate::config::ConfigSchema;

fn refusal(schema: &Value) -> Violation {
    ConfigSchema::compile(schema).unwrap_err().remove(0)
}

fn accepts(schema: &Value, config: &Value) -> bool {
    let schema = ConfigSchema::compile(schema).unwrap();
    schema.violations(config).is_empty()
}

/// `{"a": {"a": .. {}}}`
fn nested(levels: usize) -> Value {
    (0..levels).fold(json!({}), |inner, _| json!({ "a": inner }))
}

#[test]
fn schemas_that_loop_on_one_value_are_refused() {
    for schema in [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"anyOf": [{"not": {"$ref": "#"}}]}),
        json!({"$dynamicAnchor": "n", "$dynamicRef": "#n"}),
        json!({"$id": "https://example.com/s", "$ref": "https://example.com/s#"}),
        json!({"$ref": "#/$defs/a", "$defs": {
            "a": {"if": {"$ref": "#/$defs/b"}}, "b": {"then": {"$ref": "#/$defs/a"}},
        }}),
        json!({"$defs": {"a": {"$anchor": "x", "oneOf": [{"$ref": "#x"}]}}, "$ref": "#x"}),
        json!({"properties": {"p": {"dependentSchemas": {"q": {"$ref": "#/properties/p"}}}}}),
    ] {
        let message = refusal(&schema).message;
        assert!(
            message.starts_with("the schema refers to itself"),
            "{schema}: {message}"
        );
    }
}

#[test]
fn schemas_may_recurse_into_the_configuration() {
    let tree = json!({
        "properties": {"a": {"$ref": "#"}, "list": {"type": "array", "items": {"$ref": "#n"}}},
        "additionalProperties": false,
        "$defs": {"number": {"$anchor": "n", "type": "number"}},
    });
    assert!(accepts(&tree, &nested(30)));
    assert!(accepts(&tree, &json!({"a": {"list": [1, 2]}})));
    assert!(!accepts(&tree, &json!({"a": {"list": ["x"]}})));
    assert!(!accepts(&tree, &json!({"a": {"b": {}}})));
    // A keyword of an older dialect: ignored, as 2020-12 says of what it does not know
    assert!(accepts(&json!({"$recursiveRef": "#"}), &nested(3)));
    let dynamic = json!({
        "$dynamicAnchor": "node",
        "properties": {"a": {"$dynamicRef": "#node"}, "x": {"type": "string"}},
    });
    assert!(!accepts(&dynamic, &json!({"a": {"a": {"x": 1}}})));
}

#[test]
fn references_stay_inside_the_schema() {
    for target in [
        "https://example.com/other.json",
        "other.json",
        "file:///etc/passwd",
        "https://json-schema.org/draft/2020-12/schema",
        "#/$defs/none",
        "#none",
        "#/$defs/a%25b",
    ] {
        let schema = json!({"properties": {"x": {"$ref": target}}});
        let violation = refusal(&schema);
        assert_eq!(violation.pointer, "/properties/x/$ref", "{target}");
        assert_eq!(violation.keyword, "$ref", "{target}");
    }
    let own_address = json!({
        "$id": "https://example.com/s",
        "properties": {"x": {"$ref": "https://example.com/s#/$defs/n"}},
        "$defs": {"n": {"type": "number"}},
    });
    assert!(!accepts(&own_address, &json!({"x": "a"})));
}

#[test]
fn there_is_one_dialect_and_one_address() {
    let draft_7 = json!({"$schema": "http://json-schema.org/draft-07/schema#"});
    assert_eq!(refusal(&draft_7).pointer, "/$schema");
    let ours = json!({"$schema": "https://json-schema.org/draft/2020-12/schema"});
    assert!(ConfigSchema::compile(&ours).is_ok());
    let second_address = json!({"properties": {"x": {"$id": "https://example.com/x"}}});
    assert_eq!(refusal(&second_address).pointer, "/properties/x/$id");
    let twice = json!({"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}});
    assert_eq!(refusal(&twice).message, "an anchor must be unique");
    // A property may be called anything, and an example may say anything
    let harmless = json!({
        "properties": {"$id": {}, "$ref": {"type": "string"}},
        "examples": [{"$ref": "nowhere"}], "const": {"$ref": 1},
    });
    assert!(ConfigSchema::compile(&harmless).is_ok());
}

#[test]
fn a_short_schema_that_would_take_for_ever_is_refused() {
    let doubling = |keyword: &str, wrap: fn(Value) -> Value| {
        let mut definitions = Map::new();
        for i in 0..30 {
            let next = wrap(json!({"$ref": format!("#/$defs/d{}", i + 1)}));
            definitions.insert(format!("d{i}"), json!({ keyword: [next.clone(), next] }));
        }
        definitions.insert("d30".to_owned(), json!({"type": "string"}));
        json!({"$ref": "#/$defs/d0", "$defs": definitions})
    };
    let too_often = "the schema applies its subschemas too many times over";
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let same = doubling(keyword, |next| next);
        assert!(ConfigSchema::compile(&same).is_err(), "{keyword}");
        let deeper = doubling(keyword, |next| json!({"properties": {"a": next}}));
        assert_eq!(refusal(&deeper).message, too_often, "{keyword}");
    }
    let recursive = json!({"additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}});
    assert_eq!(refusal(&recursive).message, too_often);
    let unevaluated = (0..14).fold(
        json!({}),
        |inner, _| json!({"allOf": [inner], "unevaluatedProperties": true}),
    );
    assert_eq!(refusal(&unevaluated).message, too_often);
}

#[test]
fn oversized_schemas_are_refused() {
    let properties: Map<String, Value> = (0..10_000)
        .map(|i| (format!("p{i}"), json!({"type": "string"})))
        .collect();
    assert!(ConfigSchema::compile(&json!({ "properties": properties })).is_err());
    let options: Vec<String> = (0..100_000).map(|i| i.to_string()).collect();
    assert!(ConfigSchema::compile(&json!({ "enum": options })).is_err());
    let patterns: Map<String, Value> = (0..100).map(|i| (format!("^{i}"), json!(true))).collect();
    assert_eq!(
        refusal(&json!({ "patternProperties": patterns })).keyword,
        "pattern"
    );
    let long_pattern = json!({"pattern": "a".repeat(MAX_PATTERN_CHARS + 1)});
    assert_eq!(refusal(&long_pattern).keyword, "pattern");
    let deep = (0..100).fold(json!({}), |inner, _| json!({"properties": {"a": inner}}));
    assert_eq!(refusal(&deep).keyword, "hostile");
}

#[test]
fn the_largest_schemas_that_pass_are_safe_to_use() {
    let big: Map<String, Value> = (0..1_900)
        .map(|i| (format!("p{i}"), json!({"type": "string"})))
        .collect();
    let config: Value = (0..1_900).map(|i| (format!("p{i}"), json!(i))).collect();
    let schema = ConfigSchema::compile(&json!({ "properties": big })).unwrap();
    assert_eq!(schema.violations(&config).len(), 256);
    let options: Vec<String> = (0..5_000).map(|i| i.to_string()).collect();
    assert!(!accepts(
        &json!({"properties": {"x": {"enum": options}}}),
        &json!({"x": "y"})
    ));
}

#[test]
fn the_longest_chains_that_pass_fit_the_stack() {
    // Each definition looks one level deeper through as long a chain as is allowed
    let wrapped = |target: String| {
        (0..9).fold(
            json!({ "$ref": target }),
            |inner, _| json!({"allOf": [inner]}),
        )
    };
    let mut definitions = Map::new();
    for i in 0..62 {
        let next = wrapped(format!("#/$defs/d{}", i + 1));
        definitions.insert(format!("d{i}"), json!({"properties": {"a": next}}));
    }
    definitions.insert(
        "d62".to_owned(),
        json!({"properties": {"a": wrapped("#".to_owned())}}),
    );
    let schema = json!({"properties": {"a": {"$ref": "#/$defs/d0"}}, "$defs": definitions});
    assert!(accepts(&schema, &nested(31)));
}

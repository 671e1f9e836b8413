//! What schemas say about configurations.

use serde_json::json;

use super::*;

fn violations(schema: &Value, config: &Value) -> Vec<(String, String, String)> {
    let schema = ConfigSchema::compile(schema).unwrap();
    let violations = schema.violations(config);
    let parts = violations.into_iter();
    parts.map(|v| (v.pointer, v.keyword, v.message)).collect()
}

fn refusal(schema: &Value) -> Violation {
    ConfigSchema::compile(schema).unwrap_err().remove(0)
}

fn one(pointer: &str, keyword: &str, message: &str) -> (String, String, String) {
    (pointer.to_owned(), keyword.to_owned(), message.to_owned())
}

#[test]
fn everything_wrong_is_told_at_once() {
    let schema = json!({
        "type": "object",
        "required": ["pair", "exchangeName"],
        "properties": {
            "bidSpread": {"type": "number", "minimum": 0},
            "side": {"enum": ["buy", "sell"]},
            "levels": {"items": {"properties": {"price": {"exclusiveMinimum": 0}}}},
        },
        "additionalProperties": false,
    });
    let config = json!({
        "bidSpread": -1, "side": "hold", "levels": [{"price": 1}, {"price": 0}], "a/b": 1,
    });
    let mut found = violations(&schema, &config);
    found.sort();
    assert_eq!(
        found,
        [
            one(
                "",
                "required",
                "Missing required config field: exchangeName"
            ),
            one("", "required", "Missing required config field: pair"),
            one(
                "/a~1b",
                "additionalProperties",
                "Config field a/b is not allowed"
            ),
            one(
                "/bidSpread",
                "minimum",
                "Config field bidSpread must be >= 0"
            ),
            one(
                "/levels/1/price",
                "exclusiveMinimum",
                "Config field levels.1.price must be > 0"
            ),
            one(
                "/side",
                "enum",
                "Config field side must be one of: buy, sell"
            ),
        ]
    );
}

fn each_is_worded<const N: usize>(cases: [(Value, Value, &str); N]) {
    for (schema, value, rule) in cases {
        let found = violations(&json!({"properties": {"x": schema}}), &json!({"x": value}));
        assert_eq!(found[0].2, format!("Config field x {rule}"), "{schema}");
        assert_eq!(found[0].0, "/x", "{schema}");
    }
}

#[test]
fn rules_about_texts_and_numbers_have_their_sentences() {
    each_is_worded([
        (json!({"type": "number"}), json!("0.5"), "must be number"),
        (json!({"type": "integer"}), json!(0.5), "must be integer"),
        (json!({"const": 1.0}), json!(2), "must be 1"),
        (json!({"maximum": 1}), json!(2), "must be <= 1"),
        (json!({"exclusiveMaximum": 1}), json!(1), "must be < 1"),
        (
            json!({"multipleOf": 0.1}),
            json!(0.25),
            "must be a multiple of 0.1",
        ),
        (
            json!({"minLength": 2}),
            json!("a"),
            "must have at least 2 characters",
        ),
        (
            json!({"pattern": "^[A-Z]+/[A-Z]+$"}),
            json!("x"),
            "must match ^[A-Z]+/[A-Z]+$",
        ),
        (
            json!({"type": ["string", "null"]}),
            json!(1),
            "must be null or string",
        ),
    ]);
}

#[test]
fn rules_about_lists_and_objects_have_their_sentences() {
    each_is_worded([
        (
            json!({"maxLength": 1}),
            json!("ab"),
            "must have at most 1 characters",
        ),
        (
            json!({"minItems": 1}),
            json!([]),
            "must have at least 1 items",
        ),
        (
            json!({"maxItems": 0}),
            json!([1]),
            "must have at most 0 items",
        ),
        (
            json!({"minProperties": 1}),
            json!({}),
            "must have at least 1 members",
        ),
        (
            json!({"maxProperties": 0}),
            json!({"a": 1}),
            "must have at most 0 members",
        ),
        (
            json!({"uniqueItems": true}),
            json!([1, 1.0]),
            "must not repeat an item",
        ),
        (
            json!({"not": {}}),
            json!(1),
            "has a form that is not allowed",
        ),
        (
            json!({"anyOf": [false, false]}),
            json!(1),
            "must have one of the allowed forms",
        ),
        (
            json!({"oneOf": [true, true]}),
            json!(1),
            "must have only one of the allowed forms",
        ),
        (json!(false), json!(1), "is not allowed"),
        (
            json!({"contains": {"const": 1}}),
            json!([2]),
            "must contain enough items of the required form, and not too many",
        ),
        (
            json!({"propertyNames": {"maxLength": 1}}),
            json!({"ab": 1}),
            "must not have a member ab: names must have at most 1 characters",
        ),
    ]);
}

#[test]
fn a_rule_about_the_whole_configuration_names_no_field() {
    let whole = violations(&json!({"minProperties": 1}), &json!({}));
    assert_eq!(whole[0].2, "Config must have at least 1 members");
}

#[test]
fn decimals_are_compared_exactly() {
    let schema: Value =
        serde_json::from_str(r#"{"properties": {"x": {"minimum": 0.10000000000000000001}}}"#)
            .unwrap();
    let config: Value = serde_json::from_str(r#"{"x": 0.1}"#).unwrap();
    assert_eq!(violations(&schema, &config).len(), 1);
}

#[test]
fn schemas_are_for_objects() {
    for schema in [json!(true), json!(null), json!([]), json!("object")] {
        assert_eq!(refusal(&schema).message, "a schema must be an object");
    }
    for schema in [
        json!({"type": "array"}),
        json!({"type": ["object", "null"]}),
    ] {
        let violation = refusal(&schema);
        assert_eq!(
            violation.message,
            "Only object config schemas are supported"
        );
    }
    for schema in [
        json!({}),
        json!({"type": "object"}),
        json!({"type": ["object"]}),
    ] {
        assert!(ConfigSchema::compile(&schema).is_ok(), "{schema}");
    }
}

#[test]
fn every_place_where_a_schema_is_no_schema_is_named() {
    let schema = json!({
        "properties": {"x": {"minimum": "0"}, "y": {"type": "text"}},
        "required": "x",
    });
    let mut found = ConfigSchema::compile(&schema).unwrap_err();
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    let pointers: Vec<&str> = found.iter().map(|v| v.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        ["/properties/x/minimum", "/properties/y/type", "/required"]
    );
    assert_eq!(found[0].message, "/properties/x/minimum must be number");
}

#[test]
fn a_schema_that_is_compiled_again_answers_the_same() {
    let schema = json!({"required": ["a"], "properties": {"b": {"type": "string"}}});
    let reordered = json!({"properties": {"b": {"type": "string"}}, "required": ["a"]});
    let first = ConfigSchema::compile(&schema).unwrap();
    let config = json!({"b": 1});
    let told = first.violations(&config);
    for again in 0..2 * MAX_CACHED {
        ConfigSchema::compile(&json!({ "$comment": again.to_string() })).unwrap();
    }
    let second = ConfigSchema::compile(&schema).unwrap();
    assert_eq!(second.violations(&config), told);
    assert_eq!(first.digest(), second.digest());
    assert_eq!(
        first.digest(),
        ConfigSchema::compile(&reordered).unwrap().digest()
    );
    assert_eq!(first.digest(), schema_digest(&schema));
}

#[test]
fn patterns_take_linear_time() {
    let schema = json!({"properties": {"x": {"pattern": "^(a+)+$"}}});
    let hostile = json!({"x": format!("{}!", "a".repeat(60_000))});
    assert_eq!(violations(&schema, &hostile).len(), 1);
}

#[test]
fn patterns_that_need_backtracking_or_much_memory_are_refused() {
    for pattern in [
        r"^(a)\1$",
        "^(?!b)",
        "(?<=a)b",
        "(((a{100}){100}){100}){100}",
        "(",
    ] {
        let schema = json!({"properties": {"x": {"pattern": pattern}}});
        let violation = refusal(&schema);
        assert_eq!(
            violation.keyword, "pattern",
            "{pattern}: {}",
            violation.message
        );
        let schema = json!({"patternProperties": {pattern: {}}});
        assert!(ConfigSchema::compile(&schema).is_err(), "{pattern}");
    }
}

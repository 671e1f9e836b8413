//! Sentences and bumps, case by case.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Bump, compare, suggest};
use crate::definition::{DefinitionContent, DefinitionVersion};
use crate::examples::{content, object};

fn with_schema(config_schema: Value) -> DefinitionContent {
    DefinitionContent {
        config_schema,
        ..content()
    }
}

/// The sentences, those that break something marked.
fn told(before: &DefinitionContent, after: &DefinitionContent) -> Vec<String> {
    let changes = compare(before, after);
    let mark = |breaking| if breaking { "! " } else { "" };
    changes
        .iter()
        .map(|change| format!("{}{}", mark(change.breaking), change.phrase))
        .collect()
}

fn bump(before: &DefinitionContent, after: &DefinitionContent) -> Bump {
    let none = BTreeSet::new();
    suggest(&compare(before, after), &DefinitionVersion::first(), &none).bump
}

#[test]
fn the_same_content_has_no_changes() {
    assert_eq!(compare(&content(), &content()), []);
    assert_eq!(bump(&content(), &content()), Bump::None);
}

#[test]
fn texts_and_defaults_are_a_patch() {
    let after = DefinitionContent {
        name: "Other".to_owned(),
        description: None,
        default_config: object(json!({ "bidSpread": 0.2, "new": true })),
        ..content()
    };
    assert_eq!(
        told(&content(), &after),
        [
            "name: \"Market Making\" → \"Other\"",
            "description removed",
            "pair: default \"BTC/USDT\" removed",
            "bidSpread: default 0.1 → 0.2",
            "new: default true added",
        ]
    );
    assert_eq!(bump(&content(), &after), Bump::Patch);
}

#[test]
fn a_keyword_that_checks_nothing_breaks_nothing() {
    let mut schema = content().config_schema;
    schema["properties"]["bidSpread"]["minimun"] = json!(3);
    let after = with_schema(schema);
    assert_eq!(told(&content(), &after), ["bidSpread: minimun 3 added"]);
    assert_eq!(bump(&content(), &after), Bump::Patch);
}

#[test]
fn what_refuses_nothing_is_minor() {
    let after = with_schema(json!({
        "type": "object",
        "required": ["pair"],
        "properties": {
            "pair": { "type": ["string", "null"] },
            "bidSpread": { "type": "number", "minimum": -1, "description": "In percent" },
            "hanging": { "type": "boolean" },
        },
    }));
    assert_eq!(
        told(&content(), &after),
        [
            "bidSpread: no longer required",
            "pair: type \"string\" → [\"string\",\"null\"]",
            "bidSpread: minimum 0 → -1",
            "bidSpread: description \"In percent\" added",
            "hanging: added, optional",
        ]
    );
    assert_eq!(bump(&content(), &after), Bump::Minor);
}

#[test]
fn what_may_refuse_a_configuration_is_major() {
    let after = with_schema(json!({
        "type": "object",
        "required": ["pair", "bidSpread", "askSpread"],
        "properties": {
            "pair": { "type": "string", "enum": ["BTC/USDT"] },
            "bidSpread": { "type": "integer", "minimum": 0.5 },
            "askSpread": { "type": "number" },
        },
        "additionalProperties": false,
    }));
    assert_eq!(
        told(&content(), &after),
        [
            "! pair: enum [\"BTC/USDT\"] added",
            "! bidSpread: type \"number\" → \"integer\"",
            "! bidSpread: minimum 0 → 0.5",
            "! askSpread: added, required",
            "! the configuration: additionalProperties false added",
        ]
    );
    assert_eq!(bump(&content(), &after), Bump::Major);
}

/// What a change of the bid spread's limits is told as.
fn told_of_limits(before: &Value, after: &Value) -> Vec<String> {
    let with_limits = |limits: &Value| {
        let mut schema = content().config_schema;
        schema["properties"]["bidSpread"] = limits.clone();
        with_schema(schema)
    };
    told(&with_limits(before), &with_limits(after))
}

#[test]
fn a_limit_and_one_that_refuses_itself_are_held_against_each_other() {
    let loosened = [
        (json!({"exclusiveMinimum": 0}), json!({"minimum": 0})),
        (json!({"exclusiveMinimum": 0}), json!({"minimum": -0.5})),
        (json!({"minimum": 0}), json!({"exclusiveMinimum": -1})),
        (
            json!({"minimum": 0, "exclusiveMinimum": 5}),
            json!({"minimum": 3}),
        ),
        (json!({"exclusiveMaximum": 9}), json!({"maximum": 9})),
        (json!({"maximum": 9}), json!({"exclusiveMaximum": 10})),
    ];
    for (before, after) in loosened {
        let told = told_of_limits(&before, &after);
        assert!(!told.is_empty(), "{before} {after}");
        assert!(told.iter().all(|one| !one.starts_with('!')), "{told:?}");
    }
    let tightened = [
        (json!({"minimum": 0}), json!({"exclusiveMinimum": 0})),
        (json!({"exclusiveMinimum": 0}), json!({"minimum": 0.1})),
        (json!({}), json!({"minimum": 0})),
        (json!({"maximum": 9}), json!({"exclusiveMaximum": 9})),
        (json!({"exclusiveMaximum": 9}), json!({"maximum": 8})),
        (json!({"maximum": 9}), json!({"minimum": 0, "maximum": 9})),
    ];
    for (before, after) in tightened {
        let told = told_of_limits(&before, &after);
        assert!(told.iter().any(|one| one.starts_with('!')), "{told:?}");
    }
}

#[test]
fn a_new_required_member_with_a_default_refuses_no_start() {
    let mut after = with_schema(json!({
        "type": "object",
        "required": ["pair", "bidSpread", "askSpread"],
        "properties": {
            "pair": { "type": "string" },
            "bidSpread": { "type": "number", "minimum": 0 },
            "askSpread": { "type": "number" },
        },
    }));
    after
        .default_config
        .insert("askSpread".to_owned(), json!(1));
    assert!(told(&content(), &after).contains(&"askSpread: added, required, has a default".into()));
    assert_eq!(bump(&content(), &after), Bump::Minor);
}

#[test]
fn a_removed_member_breaks_only_a_closed_schema() {
    let schema = |closed| {
        let mut schema = json!({ "properties": { "pair": {} }, "required": [] });
        if closed {
            schema["additionalProperties"] = json!(false);
        }
        with_schema(schema)
    };
    let before = with_schema(json!({
        "properties": { "pair": {}, "note": {} }, "required": [], "additionalProperties": false,
    }));
    assert_eq!(
        told(&before, &schema(true)),
        ["! note: removed, and no longer accepted"]
    );
    assert_eq!(bump(&before, &schema(false)), Bump::Minor);
}

#[test]
fn members_of_members_are_told_by_their_path() {
    let schema = |minimum: i32| {
        with_schema(
            json!({ "properties": { "levels": { "items": { "properties": {
                "price": { "minimum": minimum },
            }}}}}),
        )
    };
    assert_eq!(
        told(&schema(1), &schema(2)),
        ["! levels[].price: minimum 1 → 2"]
    );
}

#[test]
fn another_executor_is_major() {
    let after = DefinitionContent {
        executor_type: crate::ids::ExecutorType::new("volume"),
        ..content()
    };
    assert_eq!(bump(&content(), &after), Bump::Major);
}

#[test]
fn the_suggestion_is_the_next_free_version() {
    let taken = |versions: &[&str]| -> BTreeSet<DefinitionVersion> {
        let versions = versions.iter();
        versions.map(|&v| DefinitionVersion::imported(v)).collect()
    };
    let version = |after: &DefinitionContent, current: &str, others: &[&str]| {
        let current = DefinitionVersion::imported(current);
        let suggestion = suggest(&compare(&content(), after), &current, &taken(others));
        suggestion.version.map(|version| version.to_string())
    };
    let patch = DefinitionContent {
        name: "x".to_owned(),
        ..content()
    };
    let major = with_schema(json!({ "minProperties": 1 }));
    let next = |text: &str| Some(text.to_owned());
    assert_eq!(version(&patch, "1.2.3", &["1.2.4"]), next("1.2.5"));
    assert_eq!(version(&major, "1.2.3", &["2.0.0"]), next("3.0.0"));
    assert_eq!(version(&content(), "1.2.3", &[]), next("1.2.4"));
    assert_eq!(version(&patch, "latest", &[]), None);
}

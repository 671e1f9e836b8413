//! A form that lacks a field hides what the strategy would do with it.

use std::collections::BTreeSet;

use domain::config::system_members;
use serde_json::{Map, Value, json};

use super::default_strategy_definitions;
use crate::built_in_strategies;
use crate::config_reader::asked::asked_by;

#[test]
fn every_field_that_a_strategy_reads_is_described() {
    for definition in default_strategy_definitions() {
        let (_, content) = definition.described;
        let mut known = names(&content.config_schema);
        // Whoever starts an instance is not asked for these
        let system = system_members(&content.executor_type).iter();
        known.extend(system.map(|name| (*name).to_owned()));
        let mut config = content.default_config;
        config.extend(everything_on(&content.config_schema));
        let strategies = built_in_strategies();
        let mut strategies = strategies.iter();
        let strategy = strategies.find(|one| one.executor_type() == content.executor_type);
        let asked = asked_by(|| {
            let _refused = strategy.unwrap().validate_config(&config, &[]);
        });
        assert!(!asked.is_empty());
        let hidden: Vec<&String> = asked.difference(&known).collect();
        assert!(hidden.is_empty(), "{} hides {hidden:?}", definition.key);
    }
}

/// Some fields are only read once another is on, or inside a list.
fn everything_on(schema: &Value) -> Map<String, Value> {
    let properties = schema["properties"].as_object().unwrap();
    let on = properties.iter().filter_map(|(name, property)| {
        let value = match property["type"].as_str()? {
            "boolean" => json!(true),
            "array" => json!([{}]),
            _ => return None,
        };
        Some((name.clone(), value))
    });
    on.collect()
}

/// Of all properties, those of a list's items among them.
fn names(schema: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (name, property) in schema["properties"].as_object().unwrap() {
        all.insert(name.clone());
        if property["type"] == "array" {
            all.extend(names(&property["items"]));
        }
    }
    all
}

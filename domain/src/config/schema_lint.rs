//! Refuses schemas that would make validation loop for ever, or take longer than their size says.

use serde_json::Value;

use super::Violation;
use super::schema_graph::{Applies, SchemaGraph, Subschema};

/// Patterns are the one keyword whose compilation costs much more than its length.
const MAX_PATTERNS: usize = 64;
const MAX_PATTERN_CHARS: usize = 512;
/// Levels of `allOf`, `$ref` and the like on one and the same value.
const MAX_CHAIN: usize = 32;
/// How deep a configuration nests at most; see [`super::refuse_hostile`].
const MAX_CONFIG_DEPTH: usize = 32;
/// Subschemas that are applied to one value and what surrounds it. Real schemas have dozens.
const MAX_APPLICATIONS: u64 = 1_000;

/// A schema that passes takes time in proportion to the configuration, whatever it says.
pub(super) fn refuse_unbounded(schema: &Value) -> Result<(), Violation> {
    let graph = SchemaGraph::of(schema)?;
    refuse_many_patterns(&graph)?;
    let order = innermost_first(&graph)?;
    refuse_long_chains(&graph, &order)?;
    refuse_explosion(&graph, &order)
}

fn refuse_many_patterns(graph: &SchemaGraph<'_>) -> Result<(), Violation> {
    let mut patterns = 0;
    for node in &graph.nodes {
        let own = node.members.get("pattern").and_then(Value::as_str);
        let of_names = node
            .members
            .get("patternProperties")
            .and_then(Value::as_object);
        let of_names = of_names
            .into_iter()
            .flat_map(|named| named.keys().map(String::as_str));
        for pattern in own.into_iter().chain(of_names) {
            patterns += 1;
            if pattern.len() > MAX_PATTERN_CHARS || patterns > MAX_PATTERNS {
                let message = format!(
                    "a schema must not have more than {MAX_PATTERNS} patterns, nor one longer \
                     than {MAX_PATTERN_CHARS} characters"
                );
                return Err(Violation::new(&node.pointer, "pattern", message));
            }
        }
    }
    Ok(())
}

/// The subschemas such that whatever one applies to the same value comes before it. Where there
/// is no such order, validation would never end.
fn innermost_first(graph: &SchemaGraph<'_>) -> Result<Vec<usize>, Violation> {
    let mut appliers = vec![0_usize; graph.nodes.len()];
    for node in &graph.nodes {
        for to in to_same(node) {
            appliers[to] += 1;
        }
    }
    let mut order: Vec<usize> = Vec::new();
    let mut free: Vec<usize> = (0..appliers.len()).filter(|&i| appliers[i] == 0).collect();
    while let Some(index) = free.pop() {
        order.push(index);
        for to in to_same(&graph.nodes[index]) {
            appliers[to] -= 1;
            if appliers[to] == 0 {
                free.push(to);
            }
        }
    }
    if let Some(looping) = appliers.iter().position(|&left| left > 0) {
        let pointer = graph.nodes[looping].pointer.as_str();
        let message = "the schema refers to itself without looking deeper into the configuration";
        return Err(Violation::new(pointer, "$ref", message));
    }
    order.reverse();
    Ok(order)
}

/// Each level is a level of the stack.
fn refuse_long_chains(graph: &SchemaGraph<'_>, order: &[usize]) -> Result<(), Violation> {
    let mut chain = vec![1_usize; graph.nodes.len()];
    for &index in order {
        let node = &graph.nodes[index];
        let longest = to_same(node).map(|to| chain[to]).max().unwrap_or(0);
        chain[index] = longest + 1;
        if chain[index] > MAX_CHAIN {
            let message = format!(
                "more than {MAX_CHAIN} subschemas inside each other apply to the same value"
            );
            return Err(Violation::new(&node.pointer, "schema", message));
        }
    }
    Ok(())
}

/// Two references to the same subschema, each with two references to a third, and so on: a short
/// schema that takes for ever. Counts, level by level of the configuration, how often subschemas
/// are applied on the way to one value.
fn refuse_explosion(graph: &SchemaGraph<'_>, order: &[usize]) -> Result<(), Violation> {
    let mut below = vec![0_u64; graph.nodes.len()];
    for _ in 0..MAX_CONFIG_DEPTH {
        let mut here = vec![0_u64; graph.nodes.len()];
        for &index in order {
            here[index] = applications(&graph.nodes[index], &here, &below);
        }
        if here[0] > MAX_APPLICATIONS {
            let message = "the schema applies its subschemas too many times over";
            return Err(Violation::new("", "schema", message));
        }
        below = here;
    }
    Ok(())
}

fn applications(node: &Subschema<'_>, here: &[u64], below: &[u64]) -> u64 {
    let mut same = 1_u64;
    let (mut one_part, mut each_part) = (0_u64, 0_u64);
    for &(to, applies) in &node.applies {
        match applies {
            Applies::ToSame => same = same.saturating_add(here[to]),
            Applies::ToOnePart => one_part = one_part.max(below[to]),
            Applies::ToEachPart => each_part = each_part.saturating_add(below[to]),
            Applies::Never => {}
        }
    }
    // To know what is unevaluated, everything else is evaluated once more
    let unevaluated = ["unevaluatedProperties", "unevaluatedItems"];
    let rounds = unevaluated
        .iter()
        .filter(|k| node.members.contains_key(**k))
        .count();
    let rounds = if rounds == 0 { 1 } else { 3 };
    same.saturating_mul(rounds)
        .saturating_add(one_part)
        .saturating_add(each_part)
}

fn to_same(node: &Subschema<'_>) -> impl Iterator<Item = usize> {
    let same = node
        .applies
        .iter()
        .filter(|(_, applies)| *applies == Applies::ToSame);
    same.map(|(to, _)| *to)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::config::ConfigSchema;

    fn refusal(schema: &Value) -> Violation {
        ConfigSchema::compile(schema).unwrap_err().remove(0)
    }

    fn accepts(schema: &Value, config: &Value) -> bool {
        let schema = ConfigSchema::compile(schema).unwrap();
        schema.violations(config.as_object().unwrap()).is_empty()
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
        let patterns: Map<String, Value> =
            (0..100).map(|i| (format!("^{i}"), json!(true))).collect();
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
        let config: Map<String, Value> = (0..1_900).map(|i| (format!("p{i}"), json!(i))).collect();
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
}

//! What is allowed in a schema, and yet hardly meant.

use serde_json::Value;

use super::schema_graph::SchemaGraph;
use super::{Violation, pointer};
use crate::phrase::{Param, Phrase};

const KEYWORDS: [&str; 60] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
    "definitions",
    "dependencies",
    "$recursiveRef",
];

/// Whether JSON Schema knows it: what it does not know checks nothing.
pub(crate) fn is_keyword(keyword: &str) -> bool {
    KEYWORDS.contains(&keyword)
}

/// Keywords that check nothing, required members that the schema does not describe. A schema that
/// is not valid has worse to tell, elsewhere.
pub fn schema_findings(schema: &Value) -> Vec<Violation> {
    let Ok(graph) = SchemaGraph::of(schema) else {
        return vec![];
    };
    let mut findings = Vec::new();
    for node in &graph.nodes {
        let unknown = node
            .members
            .keys()
            .filter(|keyword| !is_keyword(keyword) && !keyword.starts_with("x-"));
        findings.extend(unknown.map(|keyword| {
            let phrase = Phrase::UnknownKeyword {
                keyword: Param::text(keyword),
            };
            Violation::said(pointer::join(&node.pointer, keyword), "keyword", phrase)
        }));
        let properties = node.members.get("properties").and_then(Value::as_object);
        let required = node.members.get("required").and_then(Value::as_array);
        let names = required.into_iter().flatten().filter_map(Value::as_str);
        let undescribed = names
            .filter(|name| properties.is_some_and(|properties| !properties.contains_key(*name)));
        findings.extend(undescribed.map(|name| {
            let phrase = Phrase::RequiredUndescribed {
                name: Param::text(name),
            };
            Violation::said(format!("{}/required", node.pointer), "required", phrase)
        }));
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_checks_nothing_is_told_where_it_is() {
        let schema = json!({
            "type": "object", "required": ["pair", "gone"], "x-order": 1,
            "properties": { "pair": { "type": "string", "minLenght": 1 } },
        });
        let found = schema_findings(&schema);
        let mut pointers: Vec<&str> = found.iter().map(|one| one.pointer.as_str()).collect();
        pointers.sort_unstable();
        assert_eq!(pointers, ["/properties/pair/minLenght", "/required"]);
    }
}

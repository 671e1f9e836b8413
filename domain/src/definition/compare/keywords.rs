//! What a changed schema keyword means for configurations that were accepted.

use serde_json::Value;

use crate::config::is_keyword;

/// Only people read these.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "default",
    "examples",
    "$comment",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$id",
];
/// A larger number refuses more.
const LOWER_LIMITS: [&str; 6] = [
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
    "minContains",
];
/// A smaller number refuses more.
const UPPER_LIMITS: [&str; 6] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
    "maxContains",
];

pub(super) fn is_annotation(keyword: &str) -> bool {
    // Extensions of forms, slips of the pen and the like: no rule of JSON Schema
    ANNOTATIONS.contains(&keyword) || !is_keyword(keyword)
}

/// Whether something that was accepted may now be refused.
pub(super) fn is_breaking(keyword: &str, before: Option<&Value>, after: Option<&Value>) -> bool {
    match (before, after) {
        // A rule less
        (_, None) => false,
        (None, Some(after)) => match keyword {
            "additionalProperties" | "unevaluatedProperties" => *after != Value::Bool(true),
            "uniqueItems" => *after == Value::Bool(true),
            _ => true,
        },
        (Some(before), Some(after)) => stricter(keyword, before, after),
    }
}

fn stricter(keyword: &str, before: &Value, after: &Value) -> bool {
    if LOWER_LIMITS.contains(&keyword) {
        return number(after) > number(before);
    }
    if UPPER_LIMITS.contains(&keyword) {
        return number(after) < number(before);
    }
    match keyword {
        "type" => !types(before).iter().all(|old| accepted(old, &types(after))),
        "enum" => {
            let (Some(old), Some(new)) = (before.as_array(), after.as_array()) else {
                return true;
            };
            !old.iter().all(|value| new.contains(value))
        }
        "additionalProperties" | "unevaluatedProperties" => *after != Value::Bool(true),
        "uniqueItems" => *after == Value::Bool(true),
        // Where rules are combined or written otherwise, nobody can tell in general
        _ => true,
    }
}

/// Limits are compared as decimals: a comparison, not money.
fn number(value: &Value) -> Option<crate::money::Decimal> {
    value.to_string().parse().ok()
}

fn types(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => vec![],
    }
}

fn accepted(old: &str, new: &[&str]) -> bool {
    new.contains(&old) || (old == "integer" && new.contains(&"number"))
}

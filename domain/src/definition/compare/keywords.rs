//! What a changed schema keyword means for configurations that were accepted.

use std::cmp::Reverse;

use serde_json::{Map, Value};

use crate::config::is_keyword;
use crate::money::Decimal;

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
const LEAST: [&str; 4] = ["minLength", "minItems", "minProperties", "minContains"];
/// A smaller number refuses more.
const MOST: [&str; 4] = ["maxLength", "maxItems", "maxProperties", "maxContains"];
/// The two say together where numbers begin; the second refuses the limit itself.
const LOWER_LIMITS: [&str; 2] = ["minimum", "exclusiveMinimum"];
/// The same of where they end.
const UPPER_LIMITS: [&str; 2] = ["maximum", "exclusiveMaximum"];

pub(super) fn is_annotation(keyword: &str) -> bool {
    // Extensions of forms, slips of the pen and the like: no rule of JSON Schema
    ANNOTATIONS.contains(&keyword) || !is_keyword(keyword)
}

/// Whether something that the `old` schema accepted may now be refused.
pub(super) fn is_breaking(
    keyword: &str,
    old: &Map<String, Value>,
    before: Option<&Value>,
    after: Option<&Value>,
) -> bool {
    match (before, after) {
        // A rule less
        (_, None) => false,
        (_, Some(after)) if LOWER_LIMITS.contains(&keyword) => {
            let before = LOWER_LIMITS
                .iter()
                .filter_map(|each| lower(each, old.get(*each)?));
            stricter_limit(before.max(), lower(keyword, after))
        }
        (_, Some(after)) if UPPER_LIMITS.contains(&keyword) => {
            let before = UPPER_LIMITS
                .iter()
                .filter_map(|each| upper(each, old.get(*each)?));
            stricter_limit(before.max(), upper(keyword, after))
        }
        (None, Some(after)) => match keyword {
            "additionalProperties" | "unevaluatedProperties" => *after != Value::Bool(true),
            "uniqueItems" => *after == Value::Bool(true),
            _ => true,
        },
        (Some(before), Some(after)) => stricter(keyword, before, after),
    }
}

fn stricter(keyword: &str, before: &Value, after: &Value) -> bool {
    if LEAST.contains(&keyword) {
        return number(after) > number(before);
    }
    if MOST.contains(&keyword) {
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

/// A limit, and whether it refuses itself: the greater refuses more.
fn lower(keyword: &str, limit: &Value) -> Option<(Decimal, bool)> {
    Some((number(limit)?, keyword == LOWER_LIMITS[1]))
}

fn upper(keyword: &str, limit: &Value) -> Option<(Reverse<Decimal>, bool)> {
    Some((Reverse(number(limit)?), keyword == UPPER_LIMITS[1]))
}

/// What cannot be read may refuse anything.
fn stricter_limit<L: Ord>(before: Option<L>, after: Option<L>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => after > before,
        (None, _) | (_, None) => true,
    }
}

/// Limits are compared as decimals: a comparison, not money.
fn number(value: &Value) -> Option<Decimal> {
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

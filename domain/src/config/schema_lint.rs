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
mod tests;

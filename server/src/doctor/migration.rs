//! The transition's verification checklist, line by line, over the read tables.

use std::collections::BTreeSet;

use domain::ExecutorCatalogue;
use domain::config::{ConfigSchema, Violation};
use domain::definition::Definition;
use domain::ids::{ClientId, DefinitionKey, UserId};
use domain::instance::{InstanceError, LaunchRequest, plan_launch};
use domain::phrase::Phrase;
use event_store::CommandGateway;
use projections::definitions::DefinitionRow;
use projections::{Tables, definitions, instances, versions};
use serde_json::{Map, Value};
use strategies::default_strategy_definitions;

use super::checklist::Check;

pub(super) async fn check(
    tables: &Tables,
    gateway: &CommandGateway<Definition>,
    catalogue: &dyn ExecutorCatalogue,
) -> anyhow::Result<Vec<Check>> {
    let rows = definitions::query::list(tables).await?;
    let mut checks = vec![
        seeded(&rows),
        versioned(tables, &rows).await?,
        linked(tables).await?,
    ];
    for row in rows.iter().filter(|row| row.enabled) {
        checks.push(startable(gateway, &row.key, catalogue).await?);
    }
    Ok(checks)
}

fn seeded(rows: &[DefinitionRow]) -> Check {
    let seeds = default_strategy_definitions();
    let is_there = |key: &DefinitionKey| rows.iter().any(|row| row.key == *key);
    let there = seeds.iter().filter(|seed| is_there(&seed.key)).count();
    Check::that(
        there > 0,
        "strategy_definitions has seeded rows",
        format!(
            "{there} of {} built-in definitions, {} in all",
            seeds.len(),
            rows.len()
        ),
        "run `strategos seed`",
    )
}

async fn versioned(tables: &Tables, rows: &[DefinitionRow]) -> anyhow::Result<Check> {
    let mut without = vec![];
    for row in rows {
        if versions::query::list(tables, row.id).await?.is_empty() {
            without.push(row.key.to_string());
        }
    }
    let found = if without.is_empty() {
        format!("{} definitions", rows.len())
    } else {
        format!("none for {}", without.join(", "))
    };
    Ok(Check::that(
        without.is_empty() && !rows.is_empty(),
        "strategy_definition_versions has at least one version per definition",
        found,
        "seed, or publish a version of each definition that has none",
    ))
}

/// An instance that no executor runs can't be linked, and need not be.
async fn linked(tables: &Tables) -> anyhow::Result<Check> {
    let unlinked = instances::query::unlinked(tables).await?;
    let (linkable, others): (Vec<_>, Vec<_>) =
        unlinked.iter().partition(|row| row.executor_type.is_some());
    let found = if linkable.is_empty() {
        format!(
            "all that an executor runs; {} of types that none runs",
            others.len()
        )
    } else {
        format!(
            "{} have none, the first is {}",
            linkable.len(),
            linkable[0].strategy_key
        )
    };
    Ok(Check::that(
        linkable.is_empty(),
        "legacy strategy_instances rows have definitionId after backfill",
        found,
        "call POST /admin/strategy/instances/backfill-definition-links on the running server",
    ))
}

/// What the settings page and a start would find: the defaults make a configuration that validates,
/// or would with what every start has to bring.
async fn startable(
    gateway: &CommandGateway<Definition>,
    key: &DefinitionKey,
    catalogue: &dyn ExecutorCatalogue,
) -> anyhow::Result<Check> {
    let subject = format!("{key} can be validated and started");
    let loaded = gateway.load(key.as_str()).await?;
    let Some(live) = loaded.aggregate.live() else {
        let remedy = "run `strategos doctor` again: the tables had not seen its removal yet";
        return Ok(Check::failed(subject, "it was removed", remedy));
    };
    if let Err(violations) = ConfigSchema::compile(&live.content.config_schema) {
        return Ok(schema_at_fault(subject, &violations));
    }
    let request = LaunchRequest {
        user_id: Some(UserId::new("doctor")),
        client_id: Some(ClientId::new("doctor")),
        market_making_order_id: None,
        overrides: Value::Object(Map::new()),
    };
    Ok(match plan_launch(live, request, catalogue) {
        Ok(plan) => Check::ok(
            subject,
            format!("version {} on {}", live.current_version, plan.executor_type),
        ),
        Err(refusal) => match left_to_starts(&refusal) {
            Some(fields) => Check::ok(subject, format!("by starts that bring {fields}")),
            None => Check::failed(
                subject,
                format!("its defaults are refused: {refusal}"),
                "correct the defaults and publish them",
            ),
        },
    })
}

/// Whatever the defaults are, nothing can be started on it.
fn schema_at_fault(subject: String, violations: &[Violation]) -> Check {
    let found = violations
        .iter()
        .map(|violation| format!("{} {}", violation.pointer, violation.message))
        .collect::<Vec<_>>()
        .join("; ");
    Check::failed(
        subject,
        format!("its configSchema is not a schema: {}", found.trim_start()),
        "correct the schema and publish it",
    )
}

/// The fields that the defaults leave open, when that is all there is to say against them.
fn left_to_starts(refusal: &InstanceError) -> Option<String> {
    let InstanceError::InvalidConfig { violations, .. } = refusal else {
        return None;
    };
    let is_missing = |violation: &Violation| violation.keyword == "required";
    let missing = violations.iter().filter(|violation| is_missing(violation));
    let fields: BTreeSet<String> = missing.map(missing_field).collect();
    let only = !fields.is_empty() && violations.iter().all(is_missing);
    only.then(|| fields.into_iter().collect::<Vec<_>>().join(", "))
}

/// A schema's `required` points at the object that lacks the field, an executor's at the field.
fn missing_field(violation: &Violation) -> String {
    match violation.phrase.as_deref() {
        Some(Phrase::MissingField { name }) => name.to_string(),
        Some(_) | None => violation.pointer.trim_start_matches('/').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::phrase::Param;

    use super::*;

    fn refusal(violations: &[(&str, &str)]) -> InstanceError {
        let violation =
            |(pointer, keyword): &(&str, &str)| Violation::new(*pointer, *keyword, "no");
        InstanceError::InvalidConfig {
            legacy: "no".to_owned(),
            violations: violations.iter().map(violation).collect(),
        }
    }

    #[test]
    fn what_starts_must_bring_is_no_fault() {
        let missing = refusal(&[("/symbol", "required"), ("/pair", "required")]);
        assert_eq!(left_to_starts(&missing).as_deref(), Some("pair, symbol"));
    }

    #[test]
    fn what_the_schema_requires_is_named_as_well() {
        let name = Param::text("zz");
        let phrase = Phrase::MissingField { name };
        let refusal = InstanceError::InvalidConfig {
            legacy: "no".to_owned(),
            violations: vec![Violation::said("", "required", phrase)],
        };
        assert_eq!(left_to_starts(&refusal).as_deref(), Some("zz"));
    }

    #[test]
    fn a_schema_that_is_none_is_what_to_correct() {
        let schema = serde_json::json!({ "type": "array" });
        let violations = ConfigSchema::compile(&schema).unwrap_err();
        let told = schema_at_fault("pmm can be started".to_owned(), &violations).to_string();
        assert!(told.contains("do: correct the schema"), "{told}");
        assert!(!told.contains("defaults"), "{told}");
    }

    #[test]
    fn a_default_that_is_wrong_is() {
        let wrong = refusal(&[("/pair", "required"), ("/bidSpread", "minimum")]);
        assert_eq!(left_to_starts(&wrong), None);
        assert_eq!(left_to_starts(&InstanceError::StartPriceMissing), None);
    }
}

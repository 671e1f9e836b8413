//! Changes what a run that goes on is configured with: the fields of which its definition's schema
//! says that they may change (`x-updatable`), and no others.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::launch::{check_run_schema, invalid};
use super::{Instance, InstanceError, InstanceEvent, Run};
use crate::config::{Violation, merge, pointer_to, refuse_hostile_object};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::StrategyKey;
use crate::phrase::{Param, Phrase};

/// In a property's schema.
const UPDATABLE: &str = "x-updatable";

#[derive(Debug, Clone, PartialEq)]
pub struct ReconfigureInstance {
    pub strategy_key: StrategyKey,
    /// The schema that the run was started on.
    pub config_schema: Value,
    /// Fields and their new values; null takes a field out.
    pub changes: Map<String, Value>,
    pub reconfigured_at: DateTime<Utc>,
}

impl ReconfigureInstance {
    pub(super) fn decide(
        self,
        instance: &Instance,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<InstanceEvent>, InstanceError> {
        let Some(known) = instance.known() else {
            return Err(InstanceError::NotFound(self.strategy_key));
        };
        let run = known.last_run.as_ref().filter(|_| instance.is_running());
        let Some(run) = run else {
            return Err(InstanceError::NotRunning(self.strategy_key));
        };
        refuse_hostile_object("", &self.changes).map_err(|hostile| invalid(vec![hostile]))?;
        let changed = changed_fields(run, &self.changes);
        if changed.is_empty() {
            return Ok(vec![]);
        }
        let fixed = fixed_fields(&self.config_schema, &changed);
        if !fixed.is_empty() {
            return Err(invalid(fixed));
        }
        let config = merge(&run.config, self.changes);
        let config: Map<String, Value> = config
            .into_iter()
            .filter(|(name, value)| !(value.is_null() && changed.contains(name)))
            .collect();
        let digest = check_run_schema(&self.config_schema, &run.executor_type, &config)?;
        let pin = run.definition.as_ref();
        if pin.is_none_or(|pin| pin.schema_digest != digest) {
            return Err(InstanceError::SchemaUnknown(self.strategy_key));
        }
        let violations = catalogue.validate_config(&run.executor_type, &config);
        if !violations.is_empty() {
            return Err(invalid(violations));
        }
        Ok(vec![InstanceEvent::InstanceReconfigured {
            run: run.number,
            config,
            changed,
            reconfigured_at: self.reconfigured_at,
        }])
    }
}

/// Whether a property's schema says that its value may change while an instance runs.
pub fn is_updatable(property: &Value) -> bool {
    property.get(UPDATABLE) == Some(&Value::Bool(true))
}

/// In the order of the request.
fn changed_fields(run: &Run, changes: &Map<String, Value>) -> Vec<String> {
    let differs = |name: &str, value: &Value| {
        let before = run.config.get(name);
        if value.is_null() {
            before.is_some()
        } else {
            before != Some(value)
        }
    };
    let fields = changes.iter().filter(|(name, value)| differs(name, value));
    fields.map(|(name, _)| name.clone()).collect()
}

fn fixed_fields(schema: &Value, changed: &[String]) -> Vec<Violation> {
    let may_change = |name: &String| {
        let property = schema.get("properties").and_then(|all| all.get(name));
        property.is_some_and(is_updatable)
    };
    let fixed = changed.iter().filter(|name| !may_change(name));
    fixed
        .map(|name| {
            let path = Param::text(name);
            let phrase = Phrase::FixedWhileRunning {
                subject: Phrase::ConfigField { path }.into(),
                keyword: Param::text(UPDATABLE),
            };
            Violation::said(pointer_to("", name), UPDATABLE, phrase)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::AggregateResultValidator;
    use serde_json::json;

    use super::*;
    use crate::config::ConfigSchema;
    use crate::definition::DefinitionVersion;
    use crate::examples::{at, definition_id, object};
    use crate::ids::DefinitionKey;
    use crate::instance::examples::{framework, run};
    use crate::instance::{DefinitionPin, InstanceCommand, StopMode};

    fn schema() -> Value {
        json!({
            "type": "object",
            "required": ["pair"],
            "properties": {
                "pair": { "type": "string" },
                "spread": { "type": "number", "minimum": 0, "x-updatable": true },
                "note": { "type": "string", "x-updatable": true },
                "exchangeName": { "type": "string", "x-updatable": true },
            },
        })
    }

    /// Run 1 on version 1.0.0 of `arb`.
    fn running() -> InstanceEvent {
        let schema = ConfigSchema::compile(&schema()).unwrap();
        InstanceEvent::InstanceStarted(Run {
            definition: Some(DefinitionPin {
                definition_id: definition_id(1),
                key: DefinitionKey::new("arb"),
                name: "Arbitrage".to_owned(),
                version: DefinitionVersion::first(),
                schema_digest: schema.digest().to_owned(),
                edited_since_publish: false,
            }),
            config: object(json!({
                "pair": "BTC/USDT", "spread": 1, "note": "a", "userId": "u", "clientId": "c",
            })),
            ..run(1)
        })
    }

    fn change_on(schema: Value, changes: Value) -> InstanceCommand {
        InstanceCommand::Reconfigure(Box::new(ReconfigureInstance {
            strategy_key: StrategyKey::new("u-c-arbitrage"),
            config_schema: schema,
            changes: object(changes),
            reconfigured_at: at(3),
        }))
    }

    fn when(changes: Value) -> AggregateResultValidator<Instance> {
        framework()
            .given(vec![running()])
            .when(change_on(schema(), changes))
    }

    fn reconfigured(config: Value, changed: &[&str]) -> InstanceEvent {
        InstanceEvent::InstanceReconfigured {
            run: 1,
            config: object(config),
            changed: changed.iter().map(|&name| name.to_owned()).collect(),
            reconfigured_at: at(3),
        }
    }

    #[test]
    fn a_run_goes_on_with_the_whole_new_configuration() {
        when(json!({"spread": 2, "pair": "BTC/USDT"})).then_expect_events(vec![reconfigured(
            json!({"pair": "BTC/USDT", "spread": 2, "note": "a", "userId": "u", "clientId": "c"}),
            &["spread"],
        )]);
        when(json!({"note": null, "spread": 0.5})).then_expect_events(vec![reconfigured(
            json!({"pair": "BTC/USDT", "spread": 0.5, "userId": "u", "clientId": "c"}),
            &["note", "spread"],
        )]);
    }

    #[test]
    fn the_next_run_repeats_it() {
        let changed = reconfigured(json!({"pair": "BTC/USDT", "spread": 2}), &["spread"]);
        let mut instance = Instance::default();
        for event in [running(), changed] {
            cqrs_es::Aggregate::apply(&mut instance, event);
        }
        let known = instance.known().unwrap();
        assert_eq!(known.last_run.as_ref().unwrap().config["spread"], json!(2));
        assert_eq!(known.runs, 1);
    }

    #[test]
    fn what_changes_nothing_records_nothing() {
        when(json!({})).then_expect_events(vec![]);
        when(json!({"spread": 1, "pair": "BTC/USDT", "unknown": null})).then_expect_events(vec![]);
    }

    #[test]
    fn every_field_that_may_not_change_is_named() {
        let refused = when(json!({"pair": "ETH/USDT", "spread": 2, "userId": "v"}));
        let error = refused.inspect_result().unwrap_err();
        let InstanceError::InvalidConfig { violations, .. } = error else {
            panic!("{error:?}");
        };
        let named: Vec<_> = violations
            .iter()
            .map(|v| (v.pointer.as_str(), v.keyword.as_str()))
            .collect();
        assert_eq!(named, [("/pair", UPDATABLE), ("/userId", UPDATABLE)]);
    }

    #[test]
    fn the_new_configuration_is_checked_like_a_starts() {
        when(json!({"spread": -1})).then_expect_error_message("Config field spread must be >= 0");
        when(json!({"exchangeName": "nowhere"}))
            .then_expect_error_message("Exchange nowhere is unknown");
        let hostile = when(json!({"note": "a\u{0}b"})).inspect_result();
        assert!(matches!(hostile, Err(InstanceError::InvalidConfig { .. })));
    }

    #[test]
    fn refuses_another_schema_than_the_runs() {
        let mut other = schema();
        other["properties"]["spread"]["minimum"] = json!(-5);
        framework()
            .given(vec![running()])
            .when(change_on(other, json!({"spread": 2})))
            .then_expect_error_message(
                "The schema that u-c-arbitrage was started on is not known any more, so nobody can \
                 say which fields may change: start it again instead",
            );
    }

    #[test]
    fn refuses_what_does_not_run() {
        framework()
            .given_no_previous_events()
            .when(change_on(schema(), json!({"spread": 2})))
            .then_expect_error_message("Strategy instance u-c-arbitrage does not exist");
        let stopped = InstanceEvent::InstanceStopped {
            run: 1,
            reason: None,
            mode: StopMode::Cancel,
            stopped_at: at(2),
        };
        framework()
            .given(vec![running(), stopped])
            .when(change_on(schema(), json!({"spread": 2})))
            .then_expect_error_message("Strategy instance u-c-arbitrage is not running");
    }
}

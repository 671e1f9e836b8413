//! Records an instance row of the original server, once.

use super::{
    Instance, InstanceError, InstanceEvent, InstanceStatus, KnownInstance, LegacyInstanceRow, Run,
};
use crate::ids::StrategyKey;

#[derive(Debug, Clone, PartialEq)]
pub struct ImportLegacyInstance {
    pub strategy_key: StrategyKey,
    pub row: LegacyInstanceRow,
}

impl ImportLegacyInstance {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        match instance.known() {
            None => Ok(vec![InstanceEvent::LegacyInstanceImported(self.row)]),
            // Importing the same row again is a restart of the importer, not an error
            Some(known) if known.legacy_id == Some(self.row.legacy_id) => Ok(vec![]),
            Some(_) => Err(InstanceError::AlreadyImported(self.strategy_key)),
        }
    }
}

impl LegacyInstanceRow {
    /// The row as a run of ours; `None` when no executor runs its type.
    pub fn as_run(&self) -> Option<Run> {
        Some(Run {
            number: 1,
            user_id: self.user_id.clone(),
            client_id: self.client_id.clone(),
            strategy_type: self.strategy_type.clone(),
            executor_type: self.executor_type.clone()?,
            definition: None,
            config: self.config.clone(),
            market_making_order_id: self.market_making_order_id.clone(),
            start_price: self.start_price.clone(),
            started_at: self.updated_at,
        })
    }

    /// Whether an executor takes it up: it was running and there is an executor for it.
    pub fn resumes(&self) -> bool {
        self.status == InstanceStatus::Running && self.executor_type.is_some()
    }
}

impl KnownInstance {
    pub(super) fn from_legacy(row: &LegacyInstanceRow) -> Self {
        Self {
            user_id: row.user_id.clone(),
            client_id: row.client_id.clone(),
            status: row.status,
            runs: 1,
            strategy_type: row.strategy_type.clone(),
            start_price: row.start_price.clone(),
            definition_id: row.definition.as_ref().map(|(id, _)| *id),
            legacy_id: Some(row.legacy_id),
            orders_left: false,
            skip_reason: None,
            last_run: row.as_run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::definition::DefinitionVersion;
    use crate::ids::ExecutorType;
    use cqrs_es::Aggregate;

    use super::*;
    use crate::examples::{at, definition_id, plan};
    use crate::instance::examples::{framework, started};
    use crate::instance::{InstanceCommand, RestartInstance};

    fn row(legacy_id: i64, executor_type: Option<&str>) -> LegacyInstanceRow {
        let plan = plan();
        LegacyInstanceRow {
            legacy_id,
            user_id: plan.user_id,
            client_id: plan.client_id,
            strategy_type: "marketMaking".to_owned(),
            executor_type: executor_type.map(ExecutorType::new),
            start_price: "0.00001234".parse().unwrap(),
            parameters: plan.config.clone(),
            config: plan.config,
            executed_trades: 3,
            status: InstanceStatus::Running,
            note: None,
            definition: Some((definition_id(1), DefinitionVersion::first())),
            market_making_order_id: None,
            created_at: at(0),
            updated_at: at(1),
        }
    }

    fn import(legacy_id: i64) -> InstanceCommand {
        InstanceCommand::ImportLegacy(Box::new(ImportLegacyInstance {
            strategy_key: plan().strategy_key,
            row: row(legacy_id, Some("arbitrage")),
        }))
    }

    fn imported() -> InstanceEvent {
        InstanceEvent::LegacyInstanceImported(row(7, Some("arbitrage")))
    }

    #[test]
    fn a_row_is_recorded_once() {
        framework()
            .given_no_previous_events()
            .when(import(7))
            .then_expect_events(vec![imported()]);
        framework()
            .given(vec![imported()])
            .when(import(7))
            .then_expect_events(vec![]);
    }

    #[test]
    fn refuses_another_row_with_the_same_key() {
        for history in [imported(), started()] {
            framework()
                .given(vec![history])
                .when(import(8))
                .then_expect_error_message(
                    "Strategy instance u-c-arbitrage already exists and did not come from this row",
                );
        }
    }

    #[test]
    fn an_imported_instance_keeps_its_price_type_and_link_and_runs_again() {
        let mut instance = Instance::default();
        instance.apply(imported());
        let known = instance.known().unwrap().clone();
        assert_eq!(known.start_price.to_string(), "0.00001234");
        assert_eq!(known.strategy_type, "marketMaking");
        assert_eq!(known.definition_id, Some(definition_id(1)));
        let restart = InstanceCommand::Restart(RestartInstance {
            strategy_key: plan().strategy_key,
            restarted_at: at(2),
        });
        let events = framework()
            .given(vec![imported()])
            .when(restart)
            .inspect_result()
            .unwrap();
        let again = Run {
            number: 2,
            started_at: at(2),
            ..known.last_run.unwrap()
        };
        assert_eq!(events, [InstanceEvent::InstanceRestarted(again)]);
    }

    #[test]
    fn a_row_that_no_executor_runs_neither_resumes_nor_restarts() {
        let unsupported = row(9, None);
        assert!(!unsupported.resumes());
        assert!(row(9, Some("arbitrage")).resumes());
        let restart = InstanceCommand::Restart(RestartInstance {
            strategy_key: plan().strategy_key,
            restarted_at: at(2),
        });
        framework()
            .given(vec![InstanceEvent::LegacyInstanceImported(unsupported)])
            .when(restart)
            .then_expect_error_message(
                "Unsupported controllerType marketMaking. \
                 Allowed: arbitrage, pureMarketMaking, volume",
            );
    }
}

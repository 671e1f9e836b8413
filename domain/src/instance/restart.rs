//! Runs an instance again with the configuration of its last run, whether it is stopped or not.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::launch::{refuse_other_markets, require_supported};
use super::{Instance, InstanceError, InstanceEvent, Run};
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::StrategyKey;

#[derive(Debug, Clone, PartialEq)]
pub struct RestartInstance {
    pub strategy_key: StrategyKey,
    pub restarted_at: DateTime<Utc>,
}

impl RestartInstance {
    pub(super) fn decide(
        self,
        instance: &Instance,
        catalogue: &Arc<dyn ExecutorCatalogue>,
    ) -> Result<Vec<InstanceEvent>, InstanceError> {
        let known = instance
            .known()
            .ok_or(InstanceError::NotFound(self.strategy_key))?;
        let Some(last) = &known.last_run else {
            return Err(InstanceError::UnsupportedExecutor {
                executor_type: known.strategy_type.clone(),
                allowed: catalogue.allowed(),
            });
        };
        require_supported(last.executor_type.as_str(), catalogue.as_ref())?;
        refuse_other_markets(&last.executor_type, &last.config)?;
        Ok(vec![InstanceEvent::InstanceRestarted(Run {
            number: known.runs + 1,
            started_at: self.restarted_at,
            ..last.clone()
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::ids::ExecutorType;
    use serde_json::json;

    use super::*;
    use crate::examples::{at, object, plan};
    use crate::instance::examples::{framework, run, started};
    use crate::instance::{InstanceCommand, StopMode};

    fn stopped() -> InstanceEvent {
        InstanceEvent::InstanceStopped {
            run: 1,
            reason: None,
            mode: StopMode::Cancel,
            stopped_at: at(1),
        }
    }

    fn restart() -> InstanceCommand {
        InstanceCommand::Restart(RestartInstance {
            strategy_key: plan().strategy_key,
            restarted_at: at(2),
        })
    }

    #[test]
    fn the_last_run_is_repeated_whether_it_is_stopped_or_not() {
        for history in [vec![started()], vec![started(), stopped()]] {
            framework()
                .given(history)
                .when(restart())
                .then_expect_events(vec![InstanceEvent::InstanceRestarted(run(2))]);
        }
    }

    #[test]
    fn refuses_a_key_that_never_ran() {
        framework()
            .given_no_previous_events()
            .when(restart())
            .then_expect_error_message("Strategy instance u-c-arbitrage does not exist");
    }

    #[test]
    fn refuses_what_no_executor_runs() {
        let executor_type = ExecutorType::new("retired");
        let retired = InstanceEvent::InstanceStarted(Run {
            executor_type,
            ..run(1)
        });
        framework()
            .given(vec![retired])
            .when(restart())
            .then_expect_error_message(
                "Unsupported controllerType retired. Allowed: arbitrage, pureMarketMaking, volume",
            );
    }

    #[test]
    fn refuses_a_market_that_only_the_original_traded_on() {
        let volume = |config| {
            let executor_type = ExecutorType::new("volume");
            InstanceEvent::InstanceStarted(Run {
                executor_type,
                config,
                ..run(1)
            })
        };
        let elsewhere = volume(object(json!({"executionCategory": "amm_dex"})));
        framework()
            .given(vec![elsewhere])
            .when(restart())
            .then_expect_error_message("Unsupported executionCategory amm_dex. Allowed: clob_cex");
        // Rows from before there were categories
        let unsaid = volume(object(json!({"executionCategory": null})));
        let events = framework()
            .given(vec![unsaid])
            .when(restart())
            .inspect_result();
        assert_eq!(events.unwrap().len(), 1);
    }
}

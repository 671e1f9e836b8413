//! Runs an instance again on another published version of its definition.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::{Instance, InstanceError, InstanceEvent, LaunchPlan, Run, defaults_for_a_start};
use crate::config::system_members;
use crate::definition::DefinitionContent;

#[derive(Debug, Clone, PartialEq)]
pub struct RestartOnVersion {
    /// Made from the wanted version's content.
    pub plan: LaunchPlan,
    pub restarted_at: DateTime<Utc>,
}

impl RestartOnVersion {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        let plan = self.plan;
        let Some(known) = instance.known() else {
            return Err(InstanceError::NotFound(plan.strategy_key));
        };
        known.refuse_another(&plan)?;
        Ok(vec![InstanceEvent::InstanceRestarted(Run {
            number: known.runs + 1,
            user_id: plan.user_id,
            client_id: plan.client_id,
            strategy_type: plan.strategy_type,
            executor_type: plan.executor_type,
            definition: plan.definition,
            config: plan.config,
            market_making_order_id: plan.market_making_order_id,
            start_price: known.start_price.clone(),
            started_at: self.restarted_at,
        })])
    }
}

/// What a run's configuration says beyond the defaults it was started on and what the server sets:
/// what a restart on another version keeps.
pub fn overrides_of_run(
    content: &DefinitionContent,
    config: &Map<String, Value>,
) -> Map<String, Value> {
    let defaults = defaults_for_a_start(content);
    let system = system_members(&content.executor_type);
    let own = config.iter().filter(|(name, value)| {
        !system.contains(&name.as_str()) && defaults.get(name.as_str()) != Some(value)
    });
    own.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::examples::{at, content, object, plan};
    use crate::ids::UserId;
    use crate::instance::InstanceCommand;
    use crate::instance::examples::{framework, started};

    fn restart(plan: LaunchPlan) -> InstanceCommand {
        InstanceCommand::RestartOnVersion(Box::new(RestartOnVersion {
            plan,
            restarted_at: at(5),
        }))
    }

    #[test]
    fn the_next_run_runs_the_plan_and_keeps_the_start_price() {
        let InstanceEvent::InstanceStarted(first) = started() else {
            panic!("the example starts an instance");
        };
        let config = object(json!({"pair": "ETH/USDT"}));
        let wanted = LaunchPlan {
            config: config.clone(),
            ..plan()
        };
        framework()
            .given(vec![started()])
            .when(restart(wanted))
            .then_expect_events(vec![InstanceEvent::InstanceRestarted(Run {
                number: 2,
                config,
                started_at: at(5),
                ..first
            })]);
    }

    #[test]
    fn refuses_what_never_ran_or_is_somebody_elses() {
        framework()
            .given_no_previous_events()
            .when(restart(plan()))
            .then_expect_error_message("Strategy instance u-c-arbitrage does not exist");
        let of_another = LaunchPlan {
            user_id: UserId::new("u-c"),
            ..plan()
        };
        framework()
            .given(vec![started()])
            .when(restart(of_another))
            .then_expect_error_message(
                "Strategy key u-c-arbitrage already belongs to another user or client",
            );
    }

    #[test]
    fn overrides_are_what_neither_defaults_nor_the_server_set() {
        let config = object(json!({
            "pair": "BTC/USDT", "spread": 0.2, "note": null, "userId": "u", "clientId": "c",
        }));
        let content = DefinitionContent {
            default_config: object(json!({ "pair": "BTC/USDT", "spread": 0.1, "gone": 1 })),
            ..content()
        };
        let kept = overrides_of_run(&content, &config);
        assert_eq!(kept, object(json!({ "spread": 0.2, "note": null })));
    }
}

//! Begins a run: the first of a strategy key, or one more that replaces the run before.

use chrono::{DateTime, Utc};

use super::{Instance, InstanceError, InstanceEvent, LaunchPlan, Run};
use crate::money::Decimal;

#[derive(Debug, Clone, PartialEq)]
pub struct StartInstance {
    pub plan: LaunchPlan,
    /// Read from the market for a new instance only; later runs keep the first one's.
    pub start_price: Option<Decimal>,
    pub started_at: DateTime<Utc>,
}

impl StartInstance {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        let plan = self.plan;
        if let Some(known) = instance.known() {
            known.refuse_another(&plan)?;
        }
        let run = |number, start_price| Run {
            number,
            user_id: plan.user_id,
            client_id: plan.client_id,
            strategy_type: plan.strategy_type,
            executor_type: plan.executor_type,
            definition: plan.definition,
            config: plan.config,
            market_making_order_id: plan.market_making_order_id,
            start_price,
            started_at: self.started_at,
        };
        let event = if let Some(known) = instance.known() {
            InstanceEvent::InstanceRestarted(run(known.runs + 1, known.start_price.clone()))
        } else {
            let start_price = self.start_price.ok_or(InstanceError::StartPriceMissing)?;
            InstanceEvent::InstanceStarted(run(1, start_price))
        };
        Ok(vec![event])
    }
}

#[cfg(test)]
mod tests {
    use crate::definition::DefinitionVersion;
    use crate::ids::{ClientId, DefinitionKey, ExecutorType, UserId};
    use cqrs_es::Aggregate;

    use super::*;
    use crate::examples::{at, definition_id, plan};
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

    fn start(number: u32, plan: LaunchPlan) -> InstanceCommand {
        InstanceCommand::Start(Box::new(StartInstance {
            plan,
            start_price: (number == 1).then(|| 100.into()),
            started_at: at(number),
        }))
    }

    fn restarted(number: u32) -> InstanceEvent {
        InstanceEvent::InstanceRestarted(run(number))
    }

    #[test]
    fn the_first_start_is_run_one() {
        framework()
            .given_no_previous_events()
            .when(start(1, plan()))
            .then_expect_events(vec![started()]);
    }

    #[test]
    fn a_further_start_is_a_further_run_and_keeps_the_start_price() {
        for history in [vec![started()], vec![started(), stopped()]] {
            framework()
                .given(history)
                .when(start(2, plan()))
                .then_expect_events(vec![restarted(2)]);
        }
        framework()
            .given(vec![started(), restarted(2)])
            .when(start(3, plan()))
            .then_expect_events(vec![restarted(3)]);
    }

    #[test]
    fn refuses_a_new_instance_without_a_start_price() {
        framework()
            .given_no_previous_events()
            .when(start(2, plan()))
            .then_expect_error_message("a new instance needs a start price");
    }

    #[test]
    fn two_users_whose_keys_collide_are_never_merged() {
        let other = |user: &str, client: &str| LaunchPlan {
            user_id: UserId::new(user),
            client_id: ClientId::new(client),
            ..plan()
        };
        for plan in [other("u-c", "c"), other("u", "c-c")] {
            framework()
                .given(vec![started()])
                .when(start(2, plan))
                .then_expect_error_message(
                    "Strategy key u-c-arbitrage already belongs to another user or client",
                );
        }
    }

    #[test]
    fn a_direct_start_keeps_the_link_to_the_definition() {
        let linked = InstanceEvent::LegacyLinkBackfilled {
            definition_id: definition_id(1),
            definition_key: DefinitionKey::new("arb"),
            definition_version: DefinitionVersion::first(),
            executor_type: ExecutorType::new("arbitrage"),
            backfilled_at: at(1),
        };
        let mut instance = Instance::default();
        for event in [started(), linked, restarted(2)] {
            instance.apply(event);
        }
        assert_eq!(
            instance.known().unwrap().definition_id,
            Some(definition_id(1))
        );
    }
}

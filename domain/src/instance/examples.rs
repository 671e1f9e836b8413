//! Runs of `u-c-arbitrage`, for the tests of the decisions.

use cqrs_es::test::TestFramework;

use super::{Instance, InstanceEvent, Run};
use crate::examples::{at, catalogue, plan};

pub(super) fn framework() -> TestFramework<Instance> {
    TestFramework::with(catalogue())
}

/// Started so many seconds after the first moment.
pub(super) fn run(number: u32) -> Run {
    let plan = plan();
    Run {
        number,
        user_id: plan.user_id,
        client_id: plan.client_id,
        strategy_type: plan.strategy_type,
        executor_type: plan.executor_type,
        definition: None,
        config: plan.config,
        market_making_order_id: None,
        start_price: 100.into(),
        started_at: at(number),
    }
}

pub(super) fn started() -> InstanceEvent {
    InstanceEvent::InstanceStarted(run(1))
}

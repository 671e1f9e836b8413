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
        let run = |number, start_price| Run {
            number,
            user_id: plan.user_id.clone(),
            client_id: plan.client_id.clone(),
            strategy_type: plan.strategy_type.clone(),
            executor_type: plan.executor_type.clone(),
            definition: plan.definition.clone(),
            config: plan.config.clone(),
            market_making_order_id: plan.market_making_order_id.clone(),
            start_price,
            started_at: self.started_at,
        };
        let Some(known) = instance.known() else {
            let start_price = self.start_price.ok_or(InstanceError::StartPriceMissing)?;
            return Ok(vec![InstanceEvent::InstanceStarted(run(1, start_price))]);
        };
        // `a-b`,`c` and `a`,`b-c` make the same key: never merge two users' money
        if known.user_id != plan.user_id || known.client_id != plan.client_id {
            return Err(InstanceError::KeyBelongsToAnother(plan.strategy_key));
        }
        let start_price = known.start_price.clone();
        Ok(vec![InstanceEvent::InstanceRestarted(run(
            known.runs + 1,
            start_price,
        ))])
    }
}

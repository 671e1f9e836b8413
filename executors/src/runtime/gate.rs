//! The last look at an order before it is written down: whatever a strategy decided, this holds.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::{Execution, OrderState};
use domain::money::Decimal;
use strategies::{MarketRef, MarketSnapshot, OrderProposal};

use super::settings::GateLimits;

/// The gate of one run.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// When the run's orders of the last minute were let through.
    recent: VecDeque<DateTime<Utc>>,
}

impl Gate {
    /// Lets an order through, or says why not. `pending` orders of the same decision were let
    /// through before it and are not live yet.
    pub(crate) fn check(
        &mut self,
        proposal: &OrderProposal,
        (execution, pending): (&Execution, usize),
        market: &MarketSnapshot,
        limits: &GateLimits,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        require_free_slot(proposal, execution)?;
        require_sane_price(proposal, limits)?;
        let place = MarketRef::new(&proposal.exchange, &proposal.pair);
        if let Some(rules) = market.rules.get(&place) {
            rules.check_minimums(&proposal.price, &proposal.quantity)?;
        }
        self.require_rate(execution.live_orders.len() + pending, limits, now)?;
        self.recent.push_back(now);
        Ok(())
    }

    fn require_rate(
        &mut self,
        live_orders: usize,
        limits: &GateLimits,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let minute_ago = now - TimeDelta::minutes(1);
        while self.recent.front().is_some_and(|&then| then <= minute_ago) {
            self.recent.pop_front();
        }
        if self.recent.len() >= limits.orders_per_minute {
            let limit = limits.orders_per_minute;
            return Err(format!(
                "the run placed {limit} orders within a minute, its limit"
            ));
        }
        if live_orders >= limits.live_orders {
            let limit = limits.live_orders;
            return Err(format!("the run has {limit} live orders, its limit"));
        }
        Ok(())
    }
}

/// While it is not known that a cancelled order is gone, its replacement would be a second one.
fn require_free_slot(proposal: &OrderProposal, execution: &Execution) -> Result<(), String> {
    let leaving = execution
        .live_orders
        .values()
        .any(|order| order.intent.slot == proposal.slot && order.state == OrderState::Cancelling);
    if leaving {
        let slot = &proposal.slot;
        return Err(format!("the order before it in {slot} is not gone yet"));
    }
    Ok(())
}

fn require_sane_price(proposal: &OrderProposal, limits: &GateLimits) -> Result<(), String> {
    let reference = &proposal.basis.reference_price;
    if !reference.is_positive() {
        return Err(format!("the reference price {reference} is not above zero"));
    }
    let factor = Decimal::from(i64::from(limits.price_factor));
    let price = proposal.price.amount();
    if *price > reference * &factor || price * &factor < *reference {
        return Err(format!(
            "the price {price} is more than {factor} times away from {reference}"
        ));
    }
    Ok(())
}

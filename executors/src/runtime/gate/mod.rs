//! The last look at an order before it is written down: whatever a strategy decided, this holds.

mod guards;
mod market;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::Execution;
use strategies::{MarketRef, MarketSnapshot, OrderProposal};

use self::guards::{
    require_free_slot, require_fresh_market, require_room, require_sane_price, require_sane_value,
};
use self::market::{require_uncrossed_books, require_within_reach};
use super::settings::GateLimits;
use super::standing::Standing;

pub(super) use self::market::worst_price;

/// Orders per minute are limited.
const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// The gate of one run.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// When the run's orders of the last minute were let through.
    recent: VecDeque<DateTime<Utc>>,
}

impl Gate {
    /// Of a run that was taken up again: what it placed before counts.
    pub(crate) fn of(execution: &Execution, now: DateTime<Utc>) -> Self {
        let live = execution.live_orders.values();
        let ended = execution.ended_orders.since(now - MINUTE);
        let mut recent: Vec<_> = live
            .chain(ended)
            .map(|order| order.intent.tick_at)
            .collect();
        recent.sort_unstable();
        Self {
            recent: recent.into(),
        }
    }

    /// Lets an order through, or says why not.
    pub(crate) fn check(
        &mut self,
        proposal: &OrderProposal,
        standing: Standing<'_>,
        market: &MarketSnapshot,
        limits: &GateLimits,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        require_free_slot(proposal, standing)?;
        require_fresh_market(market, limits, now)?;
        require_uncrossed_books(market)?;
        require_sane_price(proposal, limits)?;
        require_within_reach(proposal, market, limits)?;
        require_sane_value(proposal, limits)?;
        require_room(proposal, standing, limits)?;
        let place = MarketRef::new(&proposal.exchange, &proposal.pair);
        if let Some(rules) = market.rules.get(&place) {
            rules.check_minimums(&proposal.price, &proposal.quantity)?;
        }
        self.require_rate(standing.count(), limits, now)?;
        self.recent.push_back(now);
        Ok(())
    }

    /// The last so many that were let through are not placed after all.
    pub(crate) fn take_back(&mut self, orders: usize) {
        let left = self.recent.len().saturating_sub(orders);
        self.recent.truncate(left);
    }

    fn require_rate(
        &mut self,
        live_orders: usize,
        limits: &GateLimits,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let minute_ago = now - MINUTE;
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

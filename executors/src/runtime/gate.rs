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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use chrono::DateTime;
    use domain::execution::{DecisionBasis, Side};
    use domain::money::{Price, Quantity};
    use strategies::TradingRules;

    use super::*;

    const LIMITS: GateLimits = GateLimits {
        live_orders: 3,
        orders_per_minute: 4,
        price_factor: 10,
    };

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn proposal(price: &str, reference: &str) -> OrderProposal {
        OrderProposal {
            slot: "mm-layer-1-buy".to_owned(),
            exchange: "binance".to_owned(),
            pair: "BTC/USDT".to_owned(),
            side: Side::Buy,
            price: Price::try_new(decimal(price)).unwrap(),
            quantity: Quantity::try_new(decimal("1")).unwrap(),
            post_only: true,
            counts_trade: false,
            basis: DecisionBasis {
                reference_price: decimal(reference),
                inputs: BTreeMap::new(),
            },
        }
    }

    fn check(
        gate: &mut Gate,
        proposal: &OrderProposal,
        pending: usize,
        second: i64,
    ) -> Result<(), String> {
        let now = DateTime::from_timestamp(second, 0).unwrap();
        let (execution, market) = (Execution::default(), MarketSnapshot::default());
        gate.check(proposal, (&execution, pending), &market, &LIMITS, now)
    }

    #[test]
    fn prices_far_from_the_market_do_not_pass() {
        let mut gate = Gate::default();
        for sane in ["10", "99", "1000"] {
            assert_eq!(check(&mut gate, &proposal(sane, "100"), 0, 0), Ok(()));
        }
        for insane in ["9.99", "1000.01"] {
            assert!(check(&mut gate, &proposal(insane, "100"), 0, 0).is_err());
        }
        assert!(check(&mut gate, &proposal("1", "0"), 0, 0).is_err());
    }

    #[test]
    fn a_run_has_so_many_orders_and_no_more() {
        let mut gate = Gate::default();
        let fine = proposal("99", "100");
        assert_eq!(check(&mut gate, &fine, 2, 0), Ok(()));
        let refused = check(&mut gate, &fine, 3, 0);
        assert_eq!(refused.unwrap_err(), "the run has 3 live orders, its limit");
    }

    #[test]
    fn a_run_places_so_many_orders_a_minute() {
        let mut gate = Gate::default();
        let fine = proposal("99", "100");
        for second in 0..4 {
            assert_eq!(check(&mut gate, &fine, 0, second), Ok(()));
        }
        assert!(check(&mut gate, &fine, 0, 59).is_err());
        assert_eq!(
            check(&mut gate, &fine, 0, 60),
            Ok(()),
            "the first is old now"
        );
        assert!(check(&mut gate, &fine, 0, 60).is_err());
    }

    #[test]
    fn an_order_below_the_venues_minimum_does_not_pass() {
        let rules = TradingRules {
            min_quantity: Some(decimal("2")),
            ..TradingRules::default()
        };
        let mut market = MarketSnapshot::default();
        let place = MarketRef::new("binance", "BTC/USDT");
        market.rules.insert(place, Arc::new(rules));
        let execution = Execution::default();
        let refused = Gate::default().check(
            &proposal("99", "100"),
            (&execution, 0),
            &market,
            &LIMITS,
            DateTime::UNIX_EPOCH,
        );
        assert!(refused.unwrap_err().contains("minimum 2"));
    }
}

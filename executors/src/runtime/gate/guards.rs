//! What an order must not be. Each refusal is a sentence about the order.

use chrono::{DateTime, Utc};
use domain::execution::{LiveOrder, OrderIntent, OrderState, Side};
use domain::money::Decimal;
use strategies::{MarketSnapshot, OrderProposal};

use crate::runtime::settings::GateLimits;
use crate::runtime::standing::Standing;

/// While it is not known that a cancelled order is gone, its replacement would be a second one.
pub(super) fn require_free_slot(
    proposal: &OrderProposal,
    standing: Standing<'_>,
) -> Result<(), String> {
    let leaving = standing
        .live()
        .any(|order| order.intent.slot == proposal.slot && order.state == OrderState::Cancelling);
    if leaving {
        let slot = &proposal.slot;
        return Err(format!("the order before it in {slot} is not gone yet"));
    }
    Ok(())
}

pub(super) fn require_sane_price(
    proposal: &OrderProposal,
    limits: &GateLimits,
) -> Result<(), String> {
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
    let bps = limits.price_distance_bps;
    let distance = &(price - reference).abs() * &Decimal::from(10_000);
    if distance > reference * &Decimal::from(i64::from(bps)) {
        return Err(format!(
            "the price {price} is more than {bps} basis points away from {reference}"
        ));
    }
    Ok(())
}

pub(super) fn require_sane_value(
    proposal: &OrderProposal,
    limits: &GateLimits,
) -> Result<(), String> {
    let value = proposal.price.notional(&proposal.quantity);
    let limit = &limits.order_notional;
    if value > *limit {
        return Err(format!("it is worth {value}, more than {limit}, the limit"));
    }
    Ok(())
}

/// Counts every order of the side as filled; an order that brings the position back to zero
/// always has room.
pub(super) fn require_room(
    proposal: &OrderProposal,
    standing: Standing<'_>,
    limits: &GateLimits,
) -> Result<(), String> {
    let is_beside = |intent: &OrderIntent| {
        intent.side == proposal.side
            && intent.exchange == proposal.exchange
            && intent.pair == proposal.pair
    };
    let ledger = &standing.execution.ledger;
    let held = ledger.base_held(&proposal.exchange, &proposal.pair);
    let before = match proposal.side {
        Side::Buy => held,
        Side::Sell => -&held,
    };
    let live = standing.live().filter(|order| is_beside(&order.intent));
    let pending = standing.pending.iter().filter(|intent| is_beside(intent));
    let position = live
        .map(LiveOrder::remaining)
        .chain(pending.map(|intent| intent.quantity.amount().clone()))
        .fold(&before + proposal.quantity.amount(), |sum, quantity| {
            &sum + &quantity
        });
    let value = &position * proposal.price.amount();
    let limit = &limits.position_notional;
    if value > *limit {
        return Err(format!(
            "the position could be worth {value}, more than {limit}, the limit"
        ));
    }
    Ok(())
}

/// Prices that have stood still may be a line that is dead.
pub(super) fn require_fresh_market(
    market: &MarketSnapshot,
    limits: &GateLimits,
    now: DateTime<Utc>,
) -> Result<(), String> {
    let (age, limit) = (market.age(now), limits.market_age);
    if age > limit {
        let (age, limit) = (age.num_seconds(), limit.num_seconds());
        return Err(format!(
            "what is known of the market is {age} s old, more than {limit} s, the limit"
        ));
    }
    Ok(())
}

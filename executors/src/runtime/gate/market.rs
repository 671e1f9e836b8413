//! What the market itself says of an order.

use domain::execution::Side;
use domain::money::Decimal;
use strategies::{MarketRef, MarketSnapshot, OrderProposal};

use crate::runtime::settings::GateLimits;

const BPS: i64 = 10_000;

/// A bid above an ask would have traded: one of them is not there.
pub(super) fn require_uncrossed_books(market: &MarketSnapshot) -> Result<(), String> {
    for (place, book) in &market.books {
        let crossed = book.best_bid() > book.best_ask() && book.best_ask().is_some();
        if crossed {
            return Err(format!("the book of {place} is crossed: it cannot be true"));
        }
    }
    Ok(())
}

/// Whatever its strategy takes for the price: an order must not reach far into the book.
pub(super) fn require_within_reach(
    proposal: &OrderProposal,
    market: &MarketSnapshot,
    limits: &GateLimits,
) -> Result<(), String> {
    let place = MarketRef::new(&proposal.exchange, &proposal.pair);
    let Some(middle) = market.books.get(&place).and_then(|book| book.mid()) else {
        return Ok(());
    };
    let (price, worst) = (
        proposal.price.amount(),
        worst_price(proposal.side, &middle, limits),
    );
    let beyond = match proposal.side {
        Side::Buy => *price > worst,
        Side::Sell => *price < worst,
    };
    if beyond {
        let bps = limits.price_distance_bps;
        return Err(format!(
            "the price {price} reaches more than {bps} basis points into the market"
        ));
    }
    Ok(())
}

/// The worst price that an order of the side may have while the market stands around `middle`.
pub(in crate::runtime) fn worst_price(
    side: Side,
    middle: &Decimal,
    limits: &GateLimits,
) -> Decimal {
    let bps = i64::from(limits.price_distance_bps);
    let left = match side {
        Side::Buy => BPS + bps,
        Side::Sell => (BPS - bps).max(0),
    };
    let scaled = middle * &Decimal::from(left);
    scaled.checked_div(&Decimal::from(BPS)).unwrap_or(scaled)
}

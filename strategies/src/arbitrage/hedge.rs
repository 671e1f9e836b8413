//! The order that closes what one leg has traded and the other has not.

use std::collections::BTreeMap;

use domain::execution::{DecisionBasis, Side};
use domain::money::Decimal;

use super::config::{ArbitrageConfig, ArbitrageVenue};
use super::depth::{Taken, side, take};
use crate::sizing::order_size;
use crate::{MarketSnapshot, OrderProposal};

/// In every hedge's slot: `arb-a-hedge-sell`.
pub(super) const HEDGE: &str = "hedge";

#[derive(Debug)]
pub(super) enum Hedge {
    Order(OrderProposal),
    /// No venue takes so little, and how much it is; it is closed when more has come together.
    TooSmall(String),
    /// Why it stays open for now. Like the other reason it has words that stay the same while the
    /// market moves.
    Impossible(String),
}

/// Takes `amount` from the book where that costs least, or brings most, after fees.
pub(super) fn hedge(
    config: &ArbitrageConfig,
    market: &MarketSnapshot,
    hedge_side: Side,
    amount: &Decimal,
) -> Hedge {
    let venues = [&config.venue_a, &config.venue_b];
    let mut takers: Vec<(Decimal, Taken, &ArbitrageVenue)> = Vec::new();
    for venue in venues {
        let levels = side(venue, market, |book| match hedge_side {
            Side::Buy => &book.asks,
            Side::Sell => &book.bids,
        });
        if let Some(taken) = levels.ok().and_then(|levels| take(levels, amount)) {
            takers.push((cost(hedge_side, &taken, venue), taken, venue));
        }
    }
    takers.sort_by(|one, other| one.0.cmp(&other.0));
    let open = left_open(hedge_side, amount);
    if takers.is_empty() {
        return Hedge::Impossible(format!("{open}, and no book can take it"));
    }
    let order = takers
        .iter()
        .find_map(|(_, taken, venue)| order(hedge_side, amount, taken, venue, market));
    let too_small = || Hedge::TooSmall(format!("{open}, and no venue takes so little"));
    order.map_or_else(too_small, Hedge::Order)
}

/// `1 is bought and not sold again`, when a sale would close it.
pub(super) fn left_open(hedge_side: Side, amount: &Decimal) -> String {
    let done = match hedge_side {
        Side::Buy => "sold and not bought back",
        Side::Sell => "bought and not sold again",
    };
    format!("{amount} is {done}")
}

/// What a unit costs with the fee; what it brings counts as a negative cost.
fn cost(side: Side, taken: &Taken, venue: &ArbitrageVenue) -> Decimal {
    let fee = &taken.average * &venue.fee_rate;
    match side {
        Side::Buy => &taken.average + &fee,
        Side::Sell => &fee - &taken.average,
    }
}

fn order(
    side: Side,
    amount: &Decimal,
    taken: &Taken,
    venue: &ArbitrageVenue,
    market: &MarketSnapshot,
) -> Option<OrderProposal> {
    let rules = market.rules.get(&venue.market).map(AsRef::as_ref);
    let (price, quantity) = order_size(side, &taken.worst, amount, rules).ok()?;
    let exchange = &venue.market.exchange;
    let inputs = BTreeMap::from([
        ("unhedged".to_owned(), amount.clone()),
        (format!("{exchange}.average"), taken.average.clone()),
    ]);
    inputs
        .values()
        .all(Decimal::is_storable)
        .then(|| OrderProposal {
            slot: format!("arb-{}-{HEDGE}-{}", venue.letter, side.as_str()),
            exchange: exchange.clone(),
            pair: venue.market.pair.clone(),
            side,
            price,
            quantity,
            post_only: false,
            counts_trade: false,
            basis: DecisionBasis {
                reference_price: taken.worst.clone(),
                inputs,
            },
        })
}

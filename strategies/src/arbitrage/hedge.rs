//! The order that closes what one leg has traded and the other has not.

use std::collections::{BTreeMap, VecDeque};

use domain::execution::{DecisionBasis, Side};
use domain::money::Decimal;

use super::config::{ArbitrageConfig, ArbitrageVenue};
use super::depth::{Taken, side, take};
use crate::sizing::order_size;
use crate::{MarketSnapshot, OrderProposal, OwnState};

/// In every hedge's slot: `arb-a-hedge-sell`.
pub(super) const HEDGE: &str = "hedge";

/// So many refusals in a row, the failed leg's among them, and the other exchange comes first.
const TRIES: u32 = 3;

#[derive(Debug)]
pub(super) enum Hedge {
    /// The first is to be placed; the others stand in for it, should the gate refuse it.
    Orders(VecDeque<OrderProposal>),
    /// The same, but every exchange that could take one has refused several in a row.
    Refused(VecDeque<OrderProposal>),
    /// No venue takes so little, and how much it is; it is closed when more has come together.
    TooSmall(String),
    /// Why it stays open for now. Like the other reason it has words that stay the same while the
    /// market moves.
    Impossible(String),
}

/// Takes `amount` from the book where that costs least, or brings most, after fees; from the other's
/// where the exchange refuses it again and again.
pub(super) fn hedge(
    config: &ArbitrageConfig,
    (market, own): (&MarketSnapshot, &OwnState),
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
    let rounds = |exchange: &str| {
        let refused = own.history.refusals.on(exchange);
        refused.map_or(0, |refused| refused.orders / TRIES)
    };
    takers.sort_by(|one, other| {
        let rounds = |taker: &(Decimal, Taken, &ArbitrageVenue)| rounds(&taker.2.market.exchange);
        (rounds(one), &one.0).cmp(&(rounds(other), &other.0))
    });
    let open = left_open(hedge_side, amount);
    if takers.is_empty() {
        return Hedge::Impossible(format!("{open}, and no book can take it"));
    }
    let orders: VecDeque<OrderProposal> = takers
        .iter()
        .filter_map(|(_, taken, venue)| order(hedge_side, amount, taken, venue, market))
        .collect();
    if orders.is_empty() {
        return Hedge::TooSmall(format!("{open}, and no venue takes so little"));
    }
    if orders.iter().all(|order| rounds(&order.exchange) > 0) {
        return Hedge::Refused(orders);
    }
    Hedge::Orders(orders)
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

//! One run of an arbitrage: what a leg that stayed alone needs, else both legs of one direction, or
//! nothing.

use std::collections::BTreeMap;

use domain::execution::{DecisionBasis, Side};
use domain::money::Decimal;

use super::config::{ArbitrageConfig, ArbitrageVenue};
use super::opportunity::Opportunity;
use super::watch::{Watched, open, watch};
use crate::sizing::{order_size, round_quantity};
use crate::{Action, Decision, MarketSnapshot, OrderProposal, OwnState};

pub(super) fn decide(
    config: &ArbitrageConfig,
    market: &MarketSnapshot,
    own: &OwnState,
) -> Decision {
    let unhedged = match watch(config, market, own) {
        Watched::First(decision) => {
            return Decision {
                open: open(config, own),
                ..decision
            };
        }
        Watched::Covered(unhedged) => unhedged,
    };
    // Too little to trade is nobody's alarm
    let open = unhedged.is_none().then(|| open(config, own)).flatten();
    if own.refill {
        return Decision {
            open,
            ..settled(own, unhedged)
        };
    }
    let mut decision = new_pair(config, market, own);
    decision.skipped.splice(..0, unhedged);
    Decision { open, ..decision }
}

/// Between two due runs nothing begins.
fn settled(own: &OwnState, unhedged: Option<String>) -> Decision {
    if own.live_orders.is_empty() {
        return Decision {
            idle: unhedged.is_none().then_some("no leg is alone"),
            skipped: unhedged.into_iter().collect(),
            ..Decision::default()
        };
    }
    // What is unhedged is said by the due runs alone, beside what else they leave out: the log would
    // take two reasons that alternate every second as new each time
    Decision {
        unfinished: true,
        idle: Some("the legs are left to trade"),
        ..Decision::default()
    }
}

fn new_pair(config: &ArbitrageConfig, market: &MarketSnapshot, own: &OwnState) -> Decision {
    let live = i64::try_from(own.live_orders.len()).unwrap_or(i64::MAX);
    if Decimal::from(live) >= config.max_open_orders {
        return Decision::skip(format!("maxOpenOrders {} are open", config.max_open_orders));
    }
    let (a, b) = (&config.venue_a, &config.venue_b);
    if let Some(exchange) = refusing(config, own) {
        let reason = format!("{exchange} refused the last order: the next pair waits a while");
        return Decision::skip(reason);
    }
    let mut skipped = Vec::new();
    // One direction at most: in books that aren't crossed the other can't be open as well
    for (buy_at, sell_at) in [(a, b), (b, a)] {
        let legs = Opportunity::find(buy_at, sell_at, config, market)
            .and_then(|opportunity| legs(&opportunity, config, market));
        match legs {
            Ok(legs) => {
                return Decision {
                    actions: legs.map(Action::Place).into(),
                    // To look again soon whether both legs are there
                    unfinished: true,
                    ..Decision::default()
                };
            }
            Err(reason) => skipped.push(reason),
        }
    }
    Decision {
        skipped,
        ..Decision::default()
    }
}

/// An exchange that would leave the other leg alone again. The more orders it refused in a row, the
/// longer nothing is tried there: each pair costs what closing its leg costs.
fn refusing<'a>(config: &'a ArbitrageConfig, own: &OwnState) -> Option<&'a str> {
    let venues = [&config.venue_a, &config.venue_b];
    let exchanges = venues.map(|venue| venue.market.exchange.as_str());
    exchanges.into_iter().find(|exchange| {
        let refused = own.history.refusals.on(exchange);
        refused.is_some_and(|refused| own.now < refused.last_at + config.pause(refused.orders))
    })
}

/// Both legs or none: one alone would be a position nobody asked for.
fn legs(
    opportunity: &Opportunity<'_>,
    config: &ArbitrageConfig,
    market: &MarketSnapshot,
) -> Result<[OrderProposal; 2], String> {
    let (buy_at, sell_at) = (opportunity.buy_at, opportunity.sell_at);
    let quantity = [buy_at, sell_at]
        .into_iter()
        .filter_map(|venue| market.rules.get(&venue.market))
        .fold(config.amount.clone(), |quantity, rules| {
            round_quantity(&quantity, rules)
        });
    let basis = basis(opportunity)?;
    let leg = |side, venue, price| leg(side, venue, price, &quantity, &basis, market);
    Ok([
        leg(Side::Buy, buy_at, &opportunity.buy_price)?,
        leg(Side::Sell, sell_at, &opportunity.sell_price)?,
    ])
}

fn leg(
    side: Side,
    venue: &ArbitrageVenue,
    price: &Decimal,
    quantity: &Decimal,
    basis: &DecisionBasis,
    market: &MarketSnapshot,
) -> Result<OrderProposal, String> {
    let slot = format!("arb-{}-{}", venue.letter, side.as_str());
    let rules = market.rules.get(&venue.market).map(AsRef::as_ref);
    let (price, quantity) =
        order_size(side, price, quantity, rules).map_err(|reason| format!("{slot}: {reason}"))?;
    Ok(OrderProposal {
        slot,
        exchange: venue.market.exchange.clone(),
        pair: venue.market.pair.clone(),
        side,
        price,
        quantity,
        post_only: false,
        counts_trade: false,
        basis: basis.clone(),
    })
}

fn basis(opportunity: &Opportunity<'_>) -> Result<DecisionBasis, String> {
    let input = |venue: &ArbitrageVenue, side: &str, price: &Decimal| {
        (format!("{}.{side}", venue.market.exchange), price.clone())
    };
    let inputs = BTreeMap::from([
        input(opportunity.buy_at, "ask", &opportunity.buy_price),
        input(opportunity.sell_at, "bid", &opportunity.sell_price),
        (
            "profitability".to_owned(),
            opportunity.profitability.clone(),
        ),
    ]);
    if !inputs.values().all(Decimal::is_storable) {
        return Err("the prices have too many digits".to_owned());
    }
    Ok(DecisionBasis {
        reference_price: opportunity.buy_price.clone(),
        inputs,
    })
}

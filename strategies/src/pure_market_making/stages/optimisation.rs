//! The nearest quote goes just ahead of the book's depth instead of farther in than it needs to,
//! and the others follow it.

use domain::execution::Side;
use domain::money::Decimal;

use super::super::proposal::{Proposal, Quote, View};
use crate::{Level, TradingRules};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let Some(optimisation) = &view.config.options.optimisation else {
        return;
    };
    let Some(book) = view.market.books.get(&view.config.market) else {
        return;
    };
    let sides = [
        (Side::Buy, &book.bids, &optimisation.bid_depth),
        (Side::Sell, &book.asks, &optimisation.ask_depth),
    ];
    for (side, levels, depth) in sides {
        let depth = depth + &own_size(side, view);
        let Some(top) = price_at(levels, &depth) else {
            continue;
        };
        let best = beyond(side, top, view.rules);
        let quotes = proposal.side_mut(side);
        let nearest = match side {
            Side::Buy => quotes.iter().map(|quote| &quote.price).max(),
            Side::Sell => quotes.iter().map(|quote| &quote.price).min(),
        };
        let Some(nearest) = nearest.cloned() else {
            continue;
        };
        let first = view.rounded_price(match side {
            Side::Buy => nearest.clone().min(best),
            Side::Sell => nearest.clone().max(best),
        });
        match level_spread(view) {
            Some(step) => step_away(side, &first, quotes, step),
            None => keep_distances(&(&first - &nearest), quotes),
        }
    }
}

/// Orders given one by one have distances of their own.
fn level_spread<'a>(view: &View<'a>) -> Option<&'a Decimal> {
    let layered = view.config.options.override_orders.is_empty();
    view.config.level_spread.as_ref().filter(|_| layered)
}

fn step_away(side: Side, first: &Decimal, quotes: &mut [Quote], step: &Decimal) {
    for (index, quote) in quotes.iter_mut().enumerate() {
        let steps = Decimal::from(i64::try_from(index).unwrap_or(i64::MAX));
        let away = &steps * step;
        quote.price = first
            * &match side {
                Side::Buy => &Decimal::one() - &away,
                Side::Sell => &Decimal::one() + &away,
            };
    }
}

fn keep_distances(moved: &Decimal, quotes: &mut [Quote]) {
    for quote in quotes {
        quote.price = &quote.price + moved;
    }
}

/// The run's own quote is part of the book: it is not to outbid itself.
fn own_size(side: Side, view: &View<'_>) -> Decimal {
    let mut own = view.own.live_orders.iter().rev();
    own.find(|order| order.side == side)
        .map_or_else(Decimal::zero, |order| order.quantity.amount().clone())
}

/// The price of the level at which the book holds `depth`.
fn price_at<'a>(levels: &'a [Level], depth: &Decimal) -> Option<&'a Decimal> {
    let mut held = Decimal::zero();
    let reached = levels.iter().find(|level| {
        held = &held + &level.quantity;
        held >= *depth
    });
    reached.map(|level| &level.price)
}

/// One tick better than `price`.
fn beyond(side: Side, price: &Decimal, rules: Option<&TradingRules>) -> Decimal {
    let Some(tick) = rules.and_then(|rules| rules.tick_at(price)) else {
        return price.clone();
    };
    match side {
        Side::Buy => &price.ceil_to(&tick) + &*tick,
        Side::Sell => &price.floor_to(&tick) - &*tick,
    }
}

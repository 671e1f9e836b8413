//! Turns what is quoted into orders that the venue takes.

use domain::execution::Side;
use domain::money::{Price, Quantity};

use super::options::Rounding;
use super::proposal::{Proposal, Quote, View};
use crate::OrderProposal;
use crate::sizing::{order_size, order_size_at, price_down};

/// A wanted order and the layer it belongs to, counted from 1.
#[derive(Debug)]
pub(super) struct WantedOrder {
    pub(super) layer: usize,
    pub(super) order: OrderProposal,
}

/// From the nearest layer outwards, each buy before its sell; and why some are left out.
pub(super) fn orders(proposal: &Proposal, view: &View<'_>) -> (Vec<WantedOrder>, Vec<String>) {
    let mut quotes: Vec<(Side, &Quote)> = Vec::new();
    quotes.extend(proposal.buys.iter().map(|quote| (Side::Buy, quote)));
    quotes.extend(proposal.sells.iter().map(|quote| (Side::Sell, quote)));
    quotes.sort_by_key(|(side, quote)| (quote.layer, *side));
    let mut wanted = Vec::with_capacity(quotes.len());
    let mut left_out = proposal.left_out.clone();
    for (side, quote) in quotes {
        let slot = slot(quote.layer, side);
        match sized(side, quote, view) {
            Ok(sized) => wanted.push(WantedOrder {
                layer: quote.layer,
                order: order(side, slot, sized, view),
            }),
            Err(reason) => left_out.push(format!("{slot}: {reason}")),
        }
    }
    (wanted, left_out)
}

pub(super) fn slot(layer: usize, side: Side) -> String {
    format!("mm-layer-{layer}-{}", side.as_str())
}

/// As the venue takes it.
fn sized(side: Side, quote: &Quote, view: &View<'_>) -> Result<(Price, Quantity), String> {
    let (price, amount, rules) = (&quote.price, &quote.size, view.rules);
    match view.config.options.rounding {
        Rounding::OwnFavour => order_size(side, price, amount, rules),
        Rounding::Down => order_size_at(price_down(price, rules), amount, rules),
        Rounding::DownAtVenue => order_size_at(price.clone(), amount, rules),
    }
}

fn order(
    side: Side,
    slot: String,
    (price, quantity): (Price, Quantity),
    view: &View<'_>,
) -> OrderProposal {
    let config = view.config;
    OrderProposal {
        slot,
        exchange: config.market.exchange.clone(),
        pair: config.market.pair.clone(),
        side,
        price,
        quantity,
        post_only: config.is_post_only(),
        counts_trade: false,
        basis: view.basis.clone(),
    }
}

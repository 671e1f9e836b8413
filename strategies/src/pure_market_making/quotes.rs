//! Turns what is quoted into orders that the venue takes.

use domain::execution::Side;

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
        match order(side, slot.clone(), quote, view) {
            Ok(order) => wanted.push(WantedOrder {
                layer: quote.layer,
                order,
            }),
            Err(reason) => left_out.push(format!("{slot}: {reason}")),
        }
    }
    (wanted, left_out)
}

pub(super) fn slot(layer: usize, side: Side) -> String {
    format!("mm-layer-{layer}-{}", side.as_str())
}

fn order(
    side: Side,
    slot: String,
    quote: &Quote,
    view: &View<'_>,
) -> Result<OrderProposal, String> {
    let config = view.config;
    let (price, amount, rules) = (&quote.price, &quote.size, view.rules);
    let (price, quantity) = match config.options.rounding {
        Rounding::OwnFavour => order_size(side, price, amount, rules)?,
        Rounding::Down => order_size_at(price_down(price, rules), amount, rules)?,
        Rounding::DownAtVenue => order_size_at(price.clone(), amount, rules)?,
    };
    Ok(OrderProposal {
        slot,
        exchange: config.market.exchange.clone(),
        pair: config.market.pair.clone(),
        side,
        price,
        quantity,
        post_only: config.post_only && config.options.take_if_crossed != Some(true),
        counts_trade: false,
        basis: view.basis.clone(),
    })
}

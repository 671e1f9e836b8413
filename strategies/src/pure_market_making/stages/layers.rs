//! The configured layers around the reference price.

use domain::execution::Side;

use super::super::config::Layer;
use super::super::cost_basis::side_reference;
use super::super::proposal::{Proposal, Quote, View};

pub(super) fn propose(view: &View<'_>) -> Proposal {
    let mut proposal = Proposal::default();
    if view.config.layers.is_empty() {
        let reason = "numberOfLayers is below 1".to_owned();
        proposal.left_out.push(reason);
    }
    for (index, layer) in view.config.layers.iter().enumerate() {
        proposal.buys.push(quote(Side::Buy, index, layer, view));
        let sell = quote(Side::Sell, index, layer, view);
        proposal.sells.push(sell);
    }
    proposal
}

fn quote(side: Side, index: usize, layer: &Layer, view: &View<'_>) -> Quote {
    let reference = side_reference(side, view);
    let factor = match side {
        Side::Buy => &layer.buy,
        Side::Sell => &layer.sell,
    };
    Quote {
        layer: index + 1,
        price: view.rounded_price(&*reference * factor),
        size: view.rounded_down_size(&layer.quantity),
    }
}

//! Orders that are configured one by one replace the layers.

use domain::execution::Side;
use domain::money::Decimal;

use super::super::cost_basis::side_reference;
use super::super::proposal::{Proposal, Quote, View};

pub(super) fn propose(view: &View<'_>) -> Proposal {
    let mut proposal = Proposal::default();
    for order in &view.config.options.override_orders {
        let factor = match order.side {
            Side::Buy => &Decimal::one() - &order.spread,
            Side::Sell => &Decimal::one() + &order.spread,
        };
        let price = &*side_reference(order.side, view) * &factor;
        proposal.side_mut(order.side).push(Quote {
            layer: 0,
            price: view.rounded_price(price),
            size: view.rounded_down_size(&order.amount),
        });
    }
    // However they are listed
    proposal
        .buys
        .sort_by(|one, other| other.price.cmp(&one.price));
    proposal
        .sells
        .sort_by(|one, other| one.price.cmp(&other.price));
    for side in [&mut proposal.buys, &mut proposal.sells] {
        for (quote, layer) in side.iter_mut().zip(1..) {
            quote.layer = layer;
        }
    }
    proposal
}

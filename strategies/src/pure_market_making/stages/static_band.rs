//! The configured bounds. They look at the reference price, not at the quotes.

use domain::execution::Side;

use super::super::proposal::{Proposal, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let reference = view.reference();
    let ceiling = view.config.ceiling.as_ref();
    if let Some(ceiling) = ceiling.filter(|bound| reference > bound) {
        let reason = format!("no buys: the reference price is above ceilingPrice {ceiling}");
        proposal.drop_side(Side::Buy, reason);
    }
    let floor = view.config.floor.as_ref();
    if let Some(floor) = floor.filter(|bound| reference < bound) {
        let reason = format!("no sells: the reference price is below floorPrice {floor}");
        proposal.drop_side(Side::Sell, reason);
    }
}

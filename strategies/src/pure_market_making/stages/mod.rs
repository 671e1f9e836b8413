//! What the options do to the quotes, one after the other, in this order.

mod budget;
mod inventory_skew;
mod layers;
mod moving_band;
mod optimisation;
mod order_override;
mod ping_pong;
mod static_band;
mod takers;
mod transaction_costs;

use super::proposal::{Proposal, View};

pub(super) fn propose(view: &View<'_>) -> Proposal {
    let mut proposal = if view.config.options.override_orders.is_empty() {
        layers::propose(view)
    } else {
        order_override::propose(view)
    };
    static_band::apply(&mut proposal, view);
    moving_band::apply(&mut proposal, view);
    ping_pong::apply(&mut proposal, view);
    optimisation::apply(&mut proposal, view);
    transaction_costs::apply(&mut proposal, view);
    inventory_skew::apply(&mut proposal, view);
    budget::apply(&mut proposal, view);
    takers::apply(&mut proposal, view);
    proposal
}

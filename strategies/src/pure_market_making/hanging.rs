//! Hanging orders: what is on the book stays there until it fills, and only what is missing is
//! placed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::execution::Side;

use super::config::PmmConfig;
use super::quotes::{WantedOrder, slot};
use crate::{Action, Decision, OwnState};

/// While a side has `k` live orders its layers 1 to `k` are not quoted, whichever layers the live
/// ones once were. So the next quote may find its own slot taken: it moves to the side's nearest
/// free one, and there are always as many free slots as quotes.
pub(super) fn fill_up(wanted: Vec<WantedOrder>, config: &PmmConfig, own: &OwnState) -> Decision {
    let live_on = |side: Side| {
        let on_side = own.live_orders.iter().filter(|order| order.side == side);
        on_side.count()
    };
    let live = BTreeMap::from([
        (Side::Buy, live_on(Side::Buy)),
        (Side::Sell, live_on(Side::Sell)),
    ]);
    let free_on = |side: Side| (side, free_slots(side, quoted(side, config), own));
    let mut free = BTreeMap::from([free_on(Side::Buy), free_on(Side::Sell)]);
    let mut decision = Decision::default();
    for WantedOrder { layer, mut order } in wanted {
        let already_live = live.get(&order.side).copied().unwrap_or_default();
        if layer <= already_live {
            continue;
        }
        let slot = free.get_mut(&order.side).and_then(VecDeque::pop_front);
        if let Some(slot) = slot {
            order.slot = slot;
            decision.actions.push(Action::Place(order));
        }
    }
    if decision.actions.is_empty() {
        decision.idle = Some("nothing is missing on either side");
    }
    decision
}

/// How many orders a side is configured with.
fn quoted(side: Side, config: &PmmConfig) -> usize {
    let given = &config.options.override_orders;
    if given.is_empty() {
        config.layers.len()
    } else {
        given.iter().filter(|order| order.side == side).count()
    }
}

fn free_slots(side: Side, quoted: usize, own: &OwnState) -> VecDeque<String> {
    let taken: BTreeSet<&String> = own.live_orders.iter().map(|order| &order.slot).collect();
    let slots = (1..=quoted).map(|layer| slot(layer, side));
    slots.filter(|slot| !taken.contains(slot)).collect()
}

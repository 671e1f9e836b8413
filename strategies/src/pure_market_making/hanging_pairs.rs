//! Hanging orders, as other engines know them: when one order of a pair has filled, the other
//! stays on the book over the next refresh, until it fills or is too far from the market.

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::{CompletedOrder, Side};
use domain::money::Quantity;

use super::options::Timing;
use super::proposal::View;
use crate::{OrderProposal, OwnOrder, OwnState};

/// The slot of a hanging order that was renewed; no layer has it.
const RENEWED: &str = "mm-hanging";

/// The refresh after a fill happens at the next tick.
const A_TICK: TimeDelta = TimeDelta::seconds(1);

/// Whether an order is out of the layers: it was left hanging at a refresh, or is one renewed.
pub(super) fn is_hanging(
    order: &OwnOrder,
    timing: &Timing,
    refreshed_at: DateTime<Utc>,
    own: &OwnState,
) -> bool {
    if timing.hanging_cancel.is_none() {
        return false;
    }
    let replaced = own.history.last_placed_at > Some(order.placed_at);
    order.slot.starts_with(RENEWED)
        || partner_filled(order, own).is_some_and(|filled_at| {
            let refreshed = if own.refill {
                own.now >= refreshed_at
            } else {
                own.now > filled_at + A_TICK && own.now > refreshed_at
            };
            replaced || refreshed
        })
}

/// When the other order of its pair filled.
pub(super) fn partner_filled(order: &OwnOrder, own: &OwnState) -> Option<DateTime<Utc>> {
    let mut partners = partners(&order.slot, order.side, order.placed_at, own);
    partners.next().map(|partner| partner.completed_at)
}

/// What filled of the other side of an order's pair.
fn partners<'a>(
    slot: &'a str,
    side: Side,
    placed_at: DateTime<Utc>,
    own: &'a OwnState,
) -> impl Iterator<Item = &'a CompletedOrder> {
    let pair = pair_of(slot);
    let completed = own.history.completed.iter();
    completed.filter(move |completed| {
        completed.side != side
            && completed.placed_at == placed_at
            && pair_of(&completed.slot) == pair
    })
}

/// Whether an order filled while it was hanging: its pair's other order had filled before, and the
/// refresh after that had come.
pub(super) fn was_hanging(
    order: &CompletedOrder,
    timing: &Timing,
    refreshed_at: DateTime<Utc>,
    own: &OwnState,
) -> bool {
    if timing.hanging_cancel.is_none() {
        return false;
    }
    let replaced = own.history.last_placed_at > Some(order.placed_at);
    let mut partners = partners(&order.slot, order.side, order.placed_at, own);
    let partner = partners.any(|partner| partner.completed_at + A_TICK <= order.completed_at);
    replaced || order.slot.starts_with(RENEWED) || (partner && refreshed_at <= order.completed_at)
}

/// `mm-layer-2` of `mm-layer-2-buy` and of `mm-layer-2-buy-3`.
fn pair_of(slot: &str) -> &str {
    let sides = [Side::Buy, Side::Sell];
    let ends = sides.map(|side| slot.find(side.as_str()));
    let end = ends.into_iter().flatten().min().unwrap_or(slot.len());
    slot.get(..end).unwrap_or(slot)
}

/// What is left of the order, in a slot of its own.
pub(super) fn renewed(order: &OwnOrder, view: &View<'_>, earlier: usize) -> Option<OrderProposal> {
    let taken = |slot: &String| {
        let mut live = view.own.live_orders.iter();
        live.any(|order| order.slot == *slot)
    };
    let side = order.side.as_str();
    let mut slots = (1..).map(|number| format!("{RENEWED}-{number}-{side}"));
    let mut free = slots.by_ref().filter(|slot| !taken(slot));
    Some(OrderProposal {
        slot: free.nth(earlier).unwrap_or_default(),
        exchange: order.exchange.clone(),
        pair: order.pair.clone(),
        side: order.side,
        price: order.price.clone(),
        quantity: Quantity::try_new(order.remaining.clone()).ok()?,
        post_only: view.config.is_post_only(),
        counts_trade: false,
        basis: view.basis.clone(),
    })
}

//! What one tick of quotes that are renewed together does to the orders on the book.

use std::collections::BTreeSet;

use domain::execution::{OrderState, Side};
use domain::money::Decimal;

use super::hanging_pairs::{partner_filled, renewed};
use super::options::Timing;
use super::proposal::View;
use super::quotes::WantedOrder;
use super::reconcile::reconcile;
use crate::{Action, OrderProposal, OwnOrder, OwnState};

/// The orders of one tick, as they are dealt with.
#[derive(Debug, Default)]
pub(super) struct Pass {
    pub(super) cancels: Vec<Action>,
    pub(super) renewals: Vec<OrderProposal>,
    /// Ids of orders that this tick cancels.
    leaving: BTreeSet<String>,
    /// Ids of quotes that this tick leaves hanging.
    left_hanging: BTreeSet<String>,
    refreshed: bool,
}

impl Pass {
    fn cancel(&mut self, order: &OwnOrder, reason: &str) {
        let id = order.client_order_id.as_str().to_owned();
        if order.state == OrderState::Open && self.leaving.insert(id) {
            self.cancels.push(Action::Cancel {
                client_order_id: order.client_order_id.clone(),
                reason: reason.to_owned(),
            });
        }
    }

    pub(super) fn look_after_hanging(&mut self, view: &View<'_>, timing: &Timing) {
        let Some(farthest) = &timing.hanging_cancel else {
            return;
        };
        for order in &view.hanging {
            let away = (order.price.amount() - view.reference()).abs();
            if away > view.reference() * farthest {
                self.cancel(order, "a hanging order is too far from the market");
            } else if is_aged(order, timing, view.own) && order.state == OrderState::Open {
                self.cancel(order, "a hanging order is renewed");
                let renewed = renewed(order, view, self.renewals.len());
                self.renewals.extend(renewed);
            }
        }
    }

    pub(super) fn cancel_aged(&mut self, view: &View<'_>, timing: &Timing) {
        let mut quotes = view.quotes.iter();
        if quotes.any(|order| is_aged(order, timing, view.own)) {
            self.cancel_quotes(view, "quotes reached maxOrderAge");
        }
    }

    fn leaves_hanging(&self, order: &OwnOrder) -> bool {
        self.left_hanging.contains(order.client_order_id.as_str())
    }

    fn cancel_quotes(&mut self, view: &View<'_>, reason: &str) {
        for order in &view.quotes {
            self.cancel(order, reason);
        }
    }

    pub(super) fn refresh(
        &mut self,
        view: &View<'_>,
        timing: &Timing,
        wanted: Option<&Vec<WantedOrder>>,
    ) {
        if view.quotes.is_empty() {
            return;
        }
        if let (Some(wanted), Some(tolerance)) = (wanted, &timing.tolerance)
            && within(tolerance, &view.quotes, wanted)
            && have_sizes(view, wanted)
        {
            return;
        }
        self.refreshed = true;
        if timing.hanging_cancel.is_some() {
            for order in &view.quotes {
                if partner_filled(order, view.own).is_some() {
                    let id = order.client_order_id.as_str().to_owned();
                    self.left_hanging.insert(id);
                }
            }
        }
        if timing.cancel_first || wanted.is_none() {
            for order in &view.quotes {
                if !self.leaves_hanging(order) {
                    self.cancel(order, "the quotes are renewed");
                }
            }
        }
    }

    pub(super) fn cancel_too_near(&mut self, view: &View<'_>, timing: &Timing) {
        let Some(minimum) = &timing.minimum_spread else {
            return;
        };
        for order in &view.quotes {
            let away = order.price.amount() - view.reference();
            let away = match order.side {
                Side::Buy => -&away,
                Side::Sell => away,
            };
            if away < view.reference() * minimum {
                self.cancel(order, "a quote is nearer than minimumSpread");
            }
        }
    }

    /// Slots of the orders that are hanging once this tick is over.
    pub(super) fn hanging_slots<'a>(&self, view: &View<'a>) -> BTreeSet<&'a str> {
        let left = view
            .quotes
            .iter()
            .filter(|order| self.leaves_hanging(order));
        let hanging = view.hanging.iter().chain(left);
        hanging.map(|order| order.slot.as_str()).collect()
    }

    /// What is placed, and whether more waits for slots that become free.
    pub(super) fn placements(
        &mut self,
        view: &View<'_>,
        timing: &Timing,
        wanted: Vec<OrderProposal>,
    ) -> (Vec<OrderProposal>, bool) {
        let stays = |order: &&&OwnOrder| {
            !self.leaving.contains(order.client_order_id.as_str()) && !self.leaves_hanging(order)
        };
        let live = view.quotes.iter().filter(stays).count();
        if timing.cancel_first {
            let mut orders = view.own.live_orders.iter();
            let leaving = orders.any(|order| order.state == OrderState::Cancelling);
            let free = live == 0 && !leaving;
            return (if free { wanted } else { Vec::new() }, false);
        }
        if live > 0 && !self.refreshed && !view.own.refill {
            return (Vec::new(), false);
        }
        let held = view.quotes.iter();
        let held = held.filter(|order| !self.leaves_hanging(order));
        let own = OwnState {
            live_orders: held.map(|order| (*order).clone()).collect(),
            refill: view.own.refill,
            ..OwnState::default()
        };
        let decision = reconcile(wanted, &own, &Decimal::zero());
        let mut placed = Vec::new();
        for action in decision.actions {
            match action {
                Action::Place(order) => placed.push(order),
                Action::Cancel {
                    ref client_order_id,
                    ..
                } => {
                    if self.leaving.insert(client_order_id.as_str().to_owned()) {
                        self.cancels.push(action);
                    }
                }
                Action::Stop { .. } => {}
            }
        }
        (placed, decision.unfinished)
    }
}

fn is_aged(order: &OwnOrder, timing: &Timing, own: &OwnState) -> bool {
    let limit = timing.max_order_age;
    limit.is_some_and(|limit| own.now - order.placed_at > limit)
}

/// Whether the quotes are as large as what is wanted. A budget shifts sizes all the time, and quotes do
/// not lose their places for that; without one only another configuration does.
fn have_sizes(view: &View<'_>, wanted: &[WantedOrder]) -> bool {
    let sizes = |side: Side| {
        let now = view.quotes.iter().filter(|order| order.side == side);
        let mut now: Vec<&Decimal> = now.map(|order| order.quantity.amount()).collect();
        let then = wanted.iter().map(|wanted| &wanted.order);
        let then = then.filter(|order| order.side == side);
        let mut then: Vec<&Decimal> = then.map(|order| order.quantity.amount()).collect();
        now.sort();
        then.sort();
        now == then
    };
    view.config.options.budget.is_some() || (sizes(Side::Buy) && sizes(Side::Sell))
}

/// Whether both sides have as many quotes as are wanted, at nearly the same prices. Sizes don't
/// count.
fn within(tolerance: &Decimal, quotes: &[&OwnOrder], wanted: &[WantedOrder]) -> bool {
    [Side::Buy, Side::Sell].into_iter().all(|side| {
        let now = quotes.iter().filter(|order| order.side == side);
        let mut now: Vec<&Decimal> = now.map(|order| order.price.amount()).collect();
        let then = wanted.iter().map(|wanted| &wanted.order);
        let then = then.filter(|order| order.side == side);
        let mut then: Vec<&Decimal> = then.map(|order| order.price.amount()).collect();
        now.sort();
        then.sort();
        now.len() == then.len()
            && now
                .into_iter()
                .zip(then)
                .all(|(old, new)| (new - old).abs() <= old * tolerance)
    })
}

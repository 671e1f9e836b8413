//! Quotes that are renewed together: all at a refresh, none in between.

use std::collections::BTreeSet;

use domain::execution::{OrderState, Side};
use domain::money::Decimal;

use super::hanging_pairs::{RENEWED, partner_filled};
use super::options::Timing;
use super::proposal::View;
use super::quotes::{WantedOrder, orders, slot};
use super::reconcile::reconcile;
use super::stages::propose;
use super::timers::Timers;
use crate::{Action, Decision, OrderProposal, OwnOrder, OwnState};

pub(super) fn decide(view: &View<'_>, timing: &Timing, timers: Timers) -> Decision {
    let own = view.own;
    let due = own.refill || timers.create <= own.now;
    let mut proposal = due.then(|| propose(view)).unwrap_or_default();
    let (wanted, mut skipped) = orders(&proposal, view);
    let wanted = by_position(wanted, view);
    let mut pass = Pass::default();
    if !own.refill {
        pass.look_after_hanging(view, timing);
        pass.cancel_aged(view, timing);
        if timers.cancel <= own.now {
            pass.refresh(view, timing, due.then_some(&wanted));
        }
        pass.cancel_too_near(view, timing);
    }
    let (placements, unfinished) = pass.placements(view, timing, &timers, due, wanted);
    let mut actions: Vec<Action> = pass.cancels;
    actions.extend(pass.renewals.into_iter().map(Action::Place));
    actions.extend(placements.into_iter().map(Action::Place));
    let idle = actions.is_empty().then_some(if due {
        "the quotes stay as they are"
    } else {
        "the next refresh is not due yet"
    });
    if !due {
        skipped.clear();
    }
    Decision {
        actions,
        skipped,
        unfinished,
        band: proposal.band.take(),
        idle,
    }
}

/// The i-th buy and the i-th sell are a pair, whichever layers they were quoted for. A slot that a
/// hanging order still has gets a number behind it.
fn by_position(wanted: Vec<WantedOrder>, view: &View<'_>) -> Vec<OrderProposal> {
    let quotes: BTreeSet<&str> = view
        .quotes
        .iter()
        .map(|quote| quote.slot.as_str())
        .collect();
    let hanging: BTreeSet<&str> = view
        .own
        .live_orders
        .iter()
        .map(|order| order.slot.as_str())
        .filter(|slot| !quotes.contains(slot))
        .collect();
    let (mut buys, mut sells) = (0, 0);
    let place = |WantedOrder { mut order, .. }| {
        let position = match order.side {
            Side::Buy => &mut buys,
            Side::Sell => &mut sells,
        };
        *position += 1;
        let first = slot(*position, order.side);
        let mut numbered = (2..).map(|number| format!("{first}-{number}"));
        order.slot = if hanging.contains(first.as_str()) {
            numbered
                .find(|slot| !hanging.contains(slot.as_str()))
                .unwrap_or(first)
        } else {
            first
        };
        order
    };
    wanted.into_iter().map(place).collect()
}

/// What one tick does to the orders on the book.
#[derive(Debug, Default)]
struct Pass {
    cancels: Vec<Action>,
    renewals: Vec<OrderProposal>,
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

    fn look_after_hanging(&mut self, view: &View<'_>, timing: &Timing) {
        let Some(farthest) = &timing.hanging_cancel else {
            return;
        };
        let is_quote = |order: &OwnOrder| {
            let mut quotes = view.quotes.iter();
            quotes.any(|quote| quote.client_order_id == order.client_order_id)
        };
        let own = view.own;
        for order in own.live_orders.iter().filter(|order| !is_quote(order)) {
            let away = (order.price.amount() - view.reference()).abs();
            if away > view.reference() * farthest {
                self.cancel(order, "a hanging order is too far from the market");
            } else if is_aged(order, timing, own) && order.state == OrderState::Open {
                self.cancel(order, "a hanging order is renewed");
                self.renewals
                    .push(renewed(order, view, self.renewals.len()));
            }
        }
    }

    fn cancel_aged(&mut self, view: &View<'_>, timing: &Timing) {
        let mut quotes = view.quotes.iter();
        if quotes.any(|order| is_aged(order, timing, view.own)) {
            self.cancel_quotes(view, "quotes reached maxOrderAge");
        }
    }

    fn cancel_quotes(&mut self, view: &View<'_>, reason: &str) {
        for order in &view.quotes {
            self.cancel(order, reason);
        }
    }

    fn refresh(&mut self, view: &View<'_>, timing: &Timing, wanted: Option<&Vec<OrderProposal>>) {
        if view.quotes.is_empty() {
            return;
        }
        if let (Some(wanted), Some(tolerance)) = (wanted, &timing.tolerance)
            && within(tolerance, &view.quotes, wanted)
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
                if !self.left_hanging.contains(order.client_order_id.as_str()) {
                    self.cancel(order, "the quotes are renewed");
                }
            }
        }
    }

    fn cancel_too_near(&mut self, view: &View<'_>, timing: &Timing) {
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

    /// What is placed, and whether more waits for slots that become free.
    fn placements(
        &mut self,
        view: &View<'_>,
        timing: &Timing,
        timers: &Timers,
        due: bool,
        wanted: Vec<OrderProposal>,
    ) -> (Vec<OrderProposal>, bool) {
        let stays = |order: &&&OwnOrder| {
            let id = order.client_order_id.as_str();
            !self.leaving.contains(id) && !self.left_hanging.contains(id)
        };
        let live = view.quotes.iter().filter(stays).count();
        if timing.cancel_first {
            let leaving = view.own.live_orders.iter();
            let mut leaving = leaving.filter(|order| order.state == OrderState::Cancelling);
            let free = live == 0 && leaving.next().is_none();
            let ready = due && timers.create < view.own.now && free;
            return (if ready { wanted } else { Vec::new() }, false);
        }
        if !due || (live > 0 && !self.refreshed && !view.own.refill) {
            return (Vec::new(), false);
        }
        let held = view
            .quotes
            .iter()
            .filter(|order| !self.left_hanging.contains(order.client_order_id.as_str()));
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

/// The same order again, in a slot of its own.
fn renewed(order: &OwnOrder, view: &View<'_>, earlier: usize) -> OrderProposal {
    let taken = |slot: &String| {
        let mut live = view.own.live_orders.iter();
        live.any(|order| order.slot == *slot)
    };
    let side = order.side.as_str();
    let mut slots = (1..).map(|number| format!("{RENEWED}-{number}-{side}"));
    let mut free = slots.by_ref().filter(|slot| !taken(slot));
    OrderProposal {
        slot: free.nth(earlier).unwrap_or_default(),
        exchange: order.exchange.clone(),
        pair: order.pair.clone(),
        side: order.side,
        price: order.price.clone(),
        quantity: order.quantity.clone(),
        post_only: view.config.post_only,
        counts_trade: false,
        basis: view.basis.clone(),
    }
}

/// Whether both sides have as many quotes as are wanted, at nearly the same prices. Sizes don't
/// count.
fn within(tolerance: &Decimal, quotes: &[&OwnOrder], wanted: &[OrderProposal]) -> bool {
    [Side::Buy, Side::Sell].into_iter().all(|side| {
        let now = quotes.iter().filter(|order| order.side == side);
        let mut now: Vec<&Decimal> = now.map(|order| order.price.amount()).collect();
        let then = wanted.iter().filter(|order| order.side == side);
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

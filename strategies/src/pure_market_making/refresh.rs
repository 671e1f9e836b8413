//! Quotes that are renewed together: all at a refresh, none in between.

use std::collections::BTreeSet;

use domain::execution::Side;

use super::options::Timing;
use super::proposal::{Proposal, View};
use super::quotes::{WantedOrder, orders, slot};
use super::reconcile::{BEING_FREED, KEPT};
use super::refresh_pass::Pass;
use super::stages::propose;
use super::timers::Timers;
use crate::{Action, Decision, OrderProposal};

pub(super) fn decide(view: &View<'_>, timing: &Timing, timers: Timers) -> Decision {
    let own = view.own;
    let due = own.refill || timers.create <= own.now;
    let proposal = if due {
        propose(view)
    } else {
        Proposal::default()
    };
    let (wanted, mut skipped) = orders(&proposal, view);
    let mut pass = Pass::default();
    if !own.refill {
        pass.look_after_hanging(view, timing);
        pass.cancel_aged(view, timing);
        if timers.cancel <= own.now {
            pass.refresh(view, timing, due.then_some(&wanted));
        }
        pass.cancel_too_near(view, timing);
    }
    let wanted = by_position(wanted, &pass.hanging_slots(view));
    let ready = due && (!timing.cancel_first || timers.create < own.now);
    let (placements, unfinished) = if ready {
        pass.placements(view, timing, wanted)
    } else {
        (Vec::new(), false)
    };
    let renews = !pass.renewals.is_empty();
    let mut actions: Vec<Action> = pass.cancels;
    actions.extend(pass.renewals.into_iter().map(Action::Place));
    actions.extend(placements.into_iter().map(Action::Place));
    if !due {
        skipped.clear();
    }
    // Where something is left out, that is the reason
    let idle = actions.is_empty() && skipped.is_empty();
    let idle = idle.then_some(match (unfinished, ready) {
        (true, _) => BEING_FREED,
        (false, true) => KEPT,
        (false, false) => "the next refresh is not due yet",
    });
    Decision {
        actions,
        skipped,
        unfinished,
        band: proposal.band,
        idle,
        renews,
        ..Decision::default()
    }
}

/// The i-th buy and the i-th sell are a pair, whichever layers they were quoted for. A slot that a
/// hanging order still has gets a number behind it.
fn by_position(wanted: Vec<WantedOrder>, hanging: &BTreeSet<&str>) -> Vec<OrderProposal> {
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

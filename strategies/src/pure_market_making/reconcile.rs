//! Makes the live orders match the wanted ones: what is right stays and keeps its place in the
//! queue, what is wrong is cancelled, and what is missing is placed once its slot is free.

use std::collections::{BTreeMap, BTreeSet};

use domain::execution::OrderState;
use domain::money::Decimal;

use crate::{Action, Decision, OrderProposal, OwnOrder, OwnState};

pub(super) const KEPT: &str = "the quotes stay as they are";
pub(super) const BEING_FREED: &str = "quotes wait for slots that are being freed";

pub(super) fn reconcile(
    wanted: Vec<OrderProposal>,
    own: &OwnState,
    tolerance_percent: &Decimal,
) -> Decision {
    let mut decision = Decision::default();
    let mut taken = BTreeSet::new();
    let mut being_freed = BTreeSet::new();
    let by_slot: BTreeMap<&str, &OrderProposal> = wanted
        .iter()
        .map(|order| (order.slot.as_str(), order))
        .collect();
    for live in &own.live_orders {
        let first_in_slot = taken.insert(live.slot.clone());
        let replaced_by = by_slot.get(live.slot.as_str()).filter(|_| first_in_slot);
        match live.state {
            // Whether the venue has it is not known yet: the next run will see
            OrderState::Intended => {}
            OrderState::Cancelling => {
                being_freed.insert(live.slot.clone());
            }
            OrderState::Open if own.refill => {}
            OrderState::Open => {
                if let Err(reason) = keep(live, replaced_by.copied(), tolerance_percent) {
                    decision.actions.push(Action::Cancel {
                        client_order_id: live.client_order_id.clone(),
                        reason: reason.to_owned(),
                    });
                    being_freed.insert(live.slot.clone());
                }
            }
        }
    }
    for order in wanted {
        if !taken.contains(&order.slot) {
            decision.actions.push(Action::Place(order));
        } else if being_freed.contains(&order.slot) {
            decision.unfinished = true;
        }
    }
    if decision.actions.is_empty() {
        let waits = decision.unfinished;
        decision.idle = Some(if waits { BEING_FREED } else { KEPT });
    }
    decision
}

/// Compares with what was ordered, not with what remains: a partly filled quote keeps its place.
fn keep(
    live: &OwnOrder,
    wanted: Option<&OrderProposal>,
    tolerance_percent: &Decimal,
) -> Result<(), &'static str> {
    let wanted = wanted.ok_or("no longer quoted")?;
    let near = |now: &Decimal, then: &Decimal| {
        let change = &(now - then).abs() * &Decimal::from(100);
        change <= then * tolerance_percent
    };
    if !near(wanted.price.amount(), live.price.amount()) {
        return Err("the quote's price moved");
    }
    if !near(wanted.quantity.amount(), live.quantity.amount()) {
        return Err("the quote's quantity changed");
    }
    Ok(())
}

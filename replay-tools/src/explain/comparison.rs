//! What is decided now, held against what was decided then.

use domain::execution::{Execution, OrderIntent, OrderState, Seen, Side};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use strategies::{Action, Decision, OrderProposal};

use super::recorded_decision::RecordedDecision;
use crate::human_line::plain;

#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) seen: Seen,
    pub(super) orders: usize,
    pub(super) cancellations: usize,
    /// Slots of orders that were decided and not sent: limits, or other orders of ours, were in the way.
    pub(super) held_back: Vec<String>,
    pub(super) differences: Vec<String>,
}

type Cancel = (ClientOrderId, String);

impl Comparison {
    /// `before` is the state that the decision was taken in.
    pub(super) fn of(then: RecordedDecision, now: Decision, before: &Execution) -> Self {
        let mut differences = Vec::new();
        let (mut proposals, mut cancels) = (Vec::new(), Vec::new());
        for action in now.actions {
            match action {
                Action::Place(proposal) => proposals.push(proposal),
                Action::Cancel {
                    client_order_id,
                    reason,
                } => cancels.push((client_order_id, reason)),
                Action::Stop { reason } => {
                    differences.push(format!("it ends the run: {}", plain(&reason)));
                }
            }
        }
        differences.extend(different_cancels(&then.cancels, &cancels, before));
        for order in &then.orders {
            let same_slot = |proposal: &OrderProposal| proposal.slot == order.slot;
            let proposal = proposals.iter().position(same_slot);
            let proposal = proposal.map(|index| proposals.remove(index));
            // The gate may have refused the order that was wanted most
            let instead = || now.otherwise.iter().find(|proposal| same_slot(proposal));
            differences.extend(difference(order, proposal.as_ref().or_else(instead)));
        }
        let left = proposals.into_iter();
        Self {
            seen: then.seen,
            orders: then.orders.len(),
            cancellations: then.cancels.len(),
            held_back: left.map(|proposal| plain(&proposal.slot)).collect(),
            differences,
        }
    }
}

/// An order that is being cancelled already is not recorded as cancelled again.
fn different_cancels(then: &[Cancel], now: &[Cancel], before: &Execution) -> Vec<String> {
    let pending = |id: &ClientOrderId| {
        let order = before.live_orders.get(id);
        order.is_none_or(|order| order.state == OrderState::Cancelling)
    };
    let missing = then.iter().filter(|cancel| !now.contains(cancel));
    let missing = missing
        .map(|(id, reason)| format!("then {id} was cancelled: {}; now it is not", plain(reason)));
    let new = now
        .iter()
        .filter(|cancel| !then.contains(cancel) && !pending(&cancel.0));
    let new = new
        .map(|(id, reason)| format!("now {id} is cancelled: {}; then it was not", plain(reason)));
    missing.chain(new).collect()
}

fn difference(then: &OrderIntent, now: Option<&OrderProposal>) -> Option<String> {
    let was = order(then.side, then.quantity.amount(), then.price.amount());
    let slot = plain(&then.slot);
    let Some(now) = now else {
        return Some(format!("{slot}: then {was}, now nothing"));
    };
    let is = order(now.side, now.quantity.amount(), now.price.amount());
    if is != was {
        return Some(format!("{slot}: then {was}, now {is}"));
    }
    let same = (&now.exchange, &now.pair, now.post_only, now.counts_trade)
        == (
            &then.exchange,
            &then.pair,
            then.post_only,
            then.executed_trades.is_some(),
        );
    if !same {
        return Some(format!(
            "{slot}: at another place, or of another kind than then"
        ));
    }
    let basis = now.basis == then.basis;
    (!basis).then(|| format!("{slot}: the same order, but on other prices than were recorded"))
}

fn order(side: Side, quantity: &Decimal, price: &Decimal) -> String {
    format!("{} {quantity} at {price}", side.as_str())
}

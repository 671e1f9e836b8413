//! What tripped guards leave a run to do: what they forbid is taken off, what they want closed is
//! closed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::execution::{Execution, LiveOrder, OrderIntent, Side};
use domain::guard::{GuardAction, Restraint, Restraints};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use strategies::{Action, OrderProposal, live_orders_in_order};

use crate::runtime::active_run::ActiveRun;
use crate::runtime::flatten::{Flattening, ToClose};
use crate::runtime::market_view::MarketView;
use crate::runtime::shared::Shared;
use crate::runtime::standing::Standing;
use crate::runtime::turn::{TurnError, TurnResult};

impl ActiveRun {
    /// What the turn ends with, if it ends with it; and what is to be said of it.
    pub(in crate::runtime) async fn obey(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        restraints: &Restraints,
        now: DateTime<Utc>,
    ) -> Result<(Option<TurnResult>, Vec<String>), TurnError> {
        let forbidden = forbidden_orders(self.execution(), restraints);
        self.cancel(shared, &forbidden, now).await?;
        let live = &self.execution().live_orders;
        let left = |action: &Action| match action {
            Action::Cancel {
                client_order_id, ..
            } => live.contains_key(client_order_id),
            Action::Place(_) | Action::Stop { .. } => false,
        };
        if forbidden.iter().any(left) {
            return Ok((Some(TurnResult::Waiting), vec![]));
        }
        let guarded = ToClose::Guarded(restraints);
        let (flattening, left) = self.flatten(shared, market, guarded, now).await?;
        if flattening == Flattening::Underway {
            return Ok((Some(TurnResult::Flattening), left));
        }
        let blocked = restraints.blocks_everything().map(in_words);
        Ok((None, blocked.into_iter().chain(left).collect()))
    }
}

/// Why an order must not pass, if it must not.
pub(in crate::runtime) fn require_allowed(
    proposal: &OrderProposal,
    standing: Standing<'_>,
    restraints: &Restraints,
) -> Result<(), String> {
    let Some(restraint) = restraints.on(&proposal.exchange) else {
        return Ok(());
    };
    if restraint.action > GuardAction::ReduceOnly {
        return Err(in_words(restraint));
    }
    let (exchange, pair, side) = (&proposal.exchange, &proposal.pair, proposal.side);
    let beside = |intent: &OrderIntent| {
        intent.exchange == *exchange && intent.pair == *pair && intent.side == side
    };
    let live = standing
        .live()
        .filter(|order| beside(&order.intent))
        .map(LiveOrder::remaining);
    let pending = standing.pending.iter().filter(|intent| beside(intent));
    let pending = pending.map(|intent| intent.quantity.amount().clone());
    let ordered = live
        .chain(pending)
        .fold(proposal.quantity.amount().clone(), |sum, more| &sum + &more);
    if ordered > reducible(standing.execution, exchange, pair, side) {
        return Err(in_words(restraint));
    }
    Ok(())
}

/// In the order in which they were placed, as far as what is held has room for them.
fn forbidden_orders(execution: &Execution, restraints: &Restraints) -> Vec<Action> {
    let mut room: BTreeMap<(String, String, Side), Decimal> = BTreeMap::new();
    let mut forbidden = Vec::new();
    for order in live_orders_in_order(execution) {
        let OrderIntent {
            exchange,
            pair,
            side,
            client_order_id,
            ..
        } = &order.intent;
        let Some(restraint) = restraints.on(exchange) else {
            continue;
        };
        if restraint.action == GuardAction::ReduceOnly {
            let room = room
                .entry((exchange.clone(), pair.clone(), *side))
                .or_insert_with(|| reducible(execution, exchange, pair, *side));
            let after = &*room - &order.remaining();
            if !after.is_negative() {
                *room = after;
                continue;
            }
        }
        forbidden.push(cancel(client_order_id, restraint));
    }
    forbidden
}

/// How much can trade on a side before the position passes zero.
fn reducible(execution: &Execution, exchange: &str, pair: &str, side: Side) -> Decimal {
    let held = execution.ledger.base_held(exchange, pair);
    let room = match side {
        Side::Buy => -&held,
        Side::Sell => held,
    };
    if room.is_positive() {
        room
    } else {
        Decimal::zero()
    }
}

fn cancel(client_order_id: &ClientOrderId, restraint: &Restraint) -> Action {
    Action::Cancel {
        client_order_id: client_order_id.clone(),
        reason: in_words(restraint),
    }
}

fn in_words(restraint: &Restraint) -> String {
    let what = match restraint.action {
        GuardAction::ReduceOnly => "only what reduces a position is traded",
        GuardAction::Pause => "nothing is placed",
        GuardAction::Flatten => "what is held is closed and nothing is placed",
    };
    format!(
        "guard {} tripped: {what} until it is reset",
        restraint.guard
    )
}

//! Places what a run decided: writes it down, then asks the venue, then writes down the answer.

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionCommand, IntendOrders, OrderIntent, Outcome, Seen};
use domain::guard::Restraints;
use domain::ids::ClientOrderId;
use futures::future::join_all;
use metrics::counter;
use strategies::{MarketSnapshot, OrderProposal};

use super::active_run::ActiveRun;
use super::client_order_id::client_order_id;
use super::conclude::conclude;
use super::guards::require_allowed;
use super::journal::RecordError;
use super::shared::Shared;
use super::standing::{Leaving, Standing};
use super::turn::TurnError;
use crate::venue::PlaceAnswer;

const SELF_TRADE: &str = "it would trade with a live order of ours";

impl ActiveRun {
    /// Places what the gate lets through; answers why the rest was refused.
    pub(super) async fn place(
        &mut self,
        shared: &Shared,
        proposals: Vec<OrderProposal>,
        (market, seen, restraints): (&MarketSnapshot, Option<Seen>, &Restraints),
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, RecordError> {
        let check = (market, restraints, Leaving::Counts);
        let (intents, refused) = self.let_through(shared, proposals, check, now);
        counter!("orders_refused_total").increment(refused.len() as u64);
        if intents.is_empty() {
            return Ok(refused);
        }
        let intents = self.intend_orders(shared, intents, seen).await?;
        let outcomes = self.send_orders(shared, &intents, now).await;
        self.record_outcomes(shared, outcomes).await?;
        Ok(refused)
    }

    /// Where the gate refuses the only order there is, the first of `otherwise` that it lets through
    /// takes its place.
    pub(super) async fn place_or_otherwise(
        &mut self,
        shared: &Shared,
        (proposals, otherwise): (Vec<OrderProposal>, Vec<OrderProposal>),
        (market, seen, restraints): (&MarketSnapshot, Option<Seen>, &Restraints),
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, TurnError> {
        let look = || (market, seen.clone(), restraints);
        let intended = self.execution().intended;
        let mut refused = self.place(shared, proposals, look(), now).await?;
        for instead in otherwise {
            if refused.is_empty() {
                break;
            }
            let more = self.place(shared, vec![instead], look(), now).await?;
            if self.execution().intended > intended {
                // No later look in this tick will find it refused again
                self.say_what_was_skipped(refused, now).await?;
                return Ok(more);
            }
            refused.extend(more);
        }
        Ok(refused)
    }

    /// Records orders, the first of them with what the decision saw.
    pub(super) async fn intend_orders(
        &mut self,
        shared: &Shared,
        mut intents: Vec<OrderIntent>,
        seen: Option<Seen>,
    ) -> Result<Vec<OrderIntent>, RecordError> {
        if let Some(first) = intents.first_mut() {
            first.seen = seen.map(Box::new);
        }
        let intend = ExecutionCommand::IntendOrders(IntendOrders(intents.clone()));
        let recorded = self.journal.record(intend).await;
        // What could not be recorded is never sent, and gives its reserved places back
        self.publish_orders(shared);
        recorded?;
        counter!("orders_intended_total").increment(intents.len() as u64);
        Ok(intents)
    }

    /// Answers what is known of them then.
    pub(super) async fn send_orders(
        &self,
        shared: &Shared,
        intents: &[OrderIntent],
        now: DateTime<Utc>,
    ) -> Vec<Outcome> {
        let mut calls = Vec::with_capacity(intents.len());
        for intent in intents {
            let trading = self.execution().trading_on(&intent.exchange);
            calls.push(shared.calls.place(intent, trading));
        }
        let answers = join_all(calls).await;
        self.sent(shared, intents, answers, now).await
    }

    /// What the answers say of orders that were sent.
    pub(super) async fn sent(
        &self,
        shared: &Shared,
        intents: &[OrderIntent],
        answers: Vec<PlaceAnswer>,
        now: DateTime<Utc>,
    ) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for (intent, answer) in intents.iter().zip(answers) {
            outcomes.extend(self.placed(shared, intent, answer, now).await);
        }
        outcomes
    }

    /// Takes out what must not be sent, and reserves the places of the rest.
    pub(super) fn let_through(
        &mut self,
        shared: &Shared,
        proposals: Vec<OrderProposal>,
        (market, restraints, leaving): (&MarketSnapshot, &Restraints, Leaving),
        now: DateTime<Utc>,
    ) -> (Vec<OrderIntent>, Vec<String>) {
        // Asking the venues about cancellations may have taken a while
        let (limits, at) = (&shared.settings.limits, shared.clock.now());
        let legs_of_one_trade = on_several_venues(&proposals);
        let (mut intents, mut refused) = (Vec::new(), Vec::new());
        let mut trades = self.execution().executed_trades;
        let owner = self.id();
        for proposal in proposals {
            let execution = self.journal.state();
            let standing = Standing {
                execution,
                pending: &intents,
                leaving,
            };
            let allowed = require_allowed(&proposal, standing, restraints);
            let checked =
                allowed.and_then(|()| self.gate.check(&proposal, standing, market, limits, at));
            if let Err(reason) = checked {
                refused.push(format!("{}: {reason}", proposal.slot));
                continue;
            }
            let number = execution.intended + intents.len() as u64;
            let counted = proposal.counts_trade.then(|| trades.saturating_add(1));
            let id = client_order_id(&self.key, self.number, number);
            let intent = intent(proposal, id, counted, now);
            if shared.own_orders.reserve(&owner, &intent).is_err() {
                self.gate.take_back(1);
                refused.push(format!("{}: {SELF_TRADE}", intent.slot));
                continue;
            }
            trades = counted.unwrap_or(trades);
            intents.push(intent);
        }
        if legs_of_one_trade && !refused.is_empty() {
            self.gate.take_back(intents.len());
            intents.clear();
            self.publish_orders(shared);
        }
        (intents, refused)
    }

    /// What is known of an order after it was sent. Without an answer the venue is asked once
    /// now; if that gives nothing either, the order stays in doubt.
    async fn placed(
        &self,
        shared: &Shared,
        intent: &OrderIntent,
        answer: PlaceAnswer,
        now: DateTime<Utc>,
    ) -> Vec<Outcome> {
        let client_order_id = intent.client_order_id.clone();
        match answer {
            PlaceAnswer::Acknowledged { venue_order_id, at } => vec![Outcome::Acknowledged {
                client_order_id,
                venue_order_id,
                at,
            }],
            PlaceAnswer::Rejected { reason } => vec![Outcome::Rejected {
                client_order_id,
                reason,
                at: shared.clock.now(),
            }],
            PlaceAnswer::Unknown { reason } => {
                tracing::warn!(order.id = %client_order_id, %reason, "an order is in doubt");
                let trading = self.execution().trading_on(&intent.exchange);
                let answer = shared.calls.order(intent, trading).await;
                let order = self.execution().live_orders.get(&client_order_id);
                order.map_or_else(Vec::new, |order| {
                    conclude(order, answer, now, shared.settings.unknown_grace)
                })
            }
        }
    }
}

/// One leg alone would be a position nobody asked for: such orders pass together or not at all.
fn on_several_venues(proposals: &[OrderProposal]) -> bool {
    let mut pairs = proposals.iter().zip(proposals.iter().skip(1));
    pairs.any(|(one, next)| one.exchange != next.exchange)
}

fn intent(
    proposal: OrderProposal,
    client_order_id: ClientOrderId,
    executed_trades: Option<u32>,
    tick_at: DateTime<Utc>,
) -> OrderIntent {
    OrderIntent {
        client_order_id,
        slot: proposal.slot,
        exchange: proposal.exchange,
        pair: proposal.pair,
        side: proposal.side,
        price: proposal.price,
        quantity: proposal.quantity,
        post_only: proposal.post_only,
        executed_trades,
        basis: proposal.basis,
        tick_at,
        seen: None,
    }
}

//! Takes orders off: writes it down, then asks the venue, then writes down the answer.

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionCommand, IntendCancels, LiveOrder, OrderState, Outcome};
use domain::ids::ClientOrderId;
use futures::future::join_all;
use strategies::Action;

use super::active_run::ActiveRun;
use super::conclude::conclude;
use super::journal::RecordError;
use super::shared::Shared;
use crate::venue::OrderAnswer;

impl ActiveRun {
    /// Records all cancellations, then sends them. What the venue does not confirm stays in the
    /// state as being cancelled, and is asked for again.
    pub(super) async fn cancel(
        &mut self,
        shared: &Shared,
        actions: &[Action],
        now: DateTime<Utc>,
    ) -> Result<(), RecordError> {
        let leaving = self.intend_cancels(actions, now).await?;
        let outcomes = self.send_cancels(shared, &leaving, now).await;
        self.record_outcomes(shared, outcomes).await
    }

    /// Answers which orders are to be cancelled.
    pub(super) async fn intend_cancels(
        &mut self,
        actions: &[Action],
        now: DateTime<Utc>,
    ) -> Result<Vec<ClientOrderId>, RecordError> {
        let mut cancelled: Vec<ClientOrderId> = Vec::new();
        for (reason, client_order_ids) in by_reason(actions) {
            cancelled.extend(client_order_ids.iter().cloned());
            let intend = IntendCancels {
                client_order_ids,
                reason,
                tick_at: now,
            };
            self.journal
                .record(ExecutionCommand::IntendCancels(intend))
                .await?;
        }
        Ok(cancelled)
    }

    /// Answers what is known of them then.
    pub(super) async fn send_cancels(
        &self,
        shared: &Shared,
        leaving: &[ClientOrderId],
        now: DateTime<Utc>,
    ) -> Vec<Outcome> {
        let orders = self.being_cancelled(leaving);
        let mut calls = Vec::with_capacity(orders.len());
        for order in &orders {
            let trading = self.execution().trading_on(&order.intent.exchange);
            calls.push(shared.calls.cancel(&order.intent, trading));
        }
        let answers = join_all(calls).await;
        concluded(shared, &orders, answers, now)
    }

    pub(super) fn being_cancelled(&self, among: &[ClientOrderId]) -> Vec<&LiveOrder> {
        let live = &self.execution().live_orders;
        let orders = among.iter().filter_map(|id| live.get(id));
        orders
            .filter(|order| order.state == OrderState::Cancelling)
            .collect()
    }
}

/// What the answers say of orders that were to be cancelled.
pub(super) fn concluded(
    shared: &Shared,
    orders: &[&LiveOrder],
    answers: Vec<OrderAnswer>,
    now: DateTime<Utc>,
) -> Vec<Outcome> {
    let grace = shared.settings.unknown_grace;
    let answered = orders.iter().zip(answers);
    answered
        .flat_map(|(order, answer)| conclude(order, answer, now, grace))
        .collect()
}

/// One record per reason, in the order the strategy gave them.
fn by_reason(actions: &[Action]) -> Vec<(String, Vec<ClientOrderId>)> {
    let mut groups: Vec<(String, Vec<ClientOrderId>)> = Vec::new();
    for action in actions {
        let Action::Cancel {
            client_order_id,
            reason,
        } = action
        else {
            continue;
        };
        match groups.iter_mut().find(|(known, _)| known == reason) {
            Some((_, ids)) => ids.push(client_order_id.clone()),
            None => groups.push((reason.clone(), vec![client_order_id.clone()])),
        }
    }
    groups
}

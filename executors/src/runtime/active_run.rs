//! A run that this process holds: its stream, its executor, and what it must make sure of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::execution::{
    Execution, ExecutionCommand, ExecutionId, Fill, LiveOrder, OrderState, Outcome, RecordOutcomes,
};
use domain::ids::{ClientOrderId, ExecutorType, StrategyKey};
use domain::money::Decimal;
use event_store::StoreError;
use futures::future::join_all;
use metrics::counter;
use uuid::Uuid;

use super::conclude::conclude;
use super::fill_reader::LATE;
use super::gate::Gate;
use super::journal::{Journal, RecordError, run_metadata};
use super::known_runs::Known;
use super::late_trades::unaccounted;
use super::left_open::LeftOpen;
use super::own_orders::RunId;
use super::shared::Shared;
use crate::executor::RunExecutor;
use crate::venue::OrderAnswer;

#[derive(Debug)]
pub(crate) struct ActiveRun {
    pub(crate) key: StrategyKey,
    pub(crate) number: u32,
    pub(crate) journal: Journal,
    /// `None` until the run is started in this process.
    pub(crate) executor: Option<Box<dyn RunExecutor>>,
    /// The event whose configuration the executor has.
    pub(crate) configured_by: Option<Uuid>,
    pub(crate) gate: Gate,
    reviewed_at: Option<DateTime<Utc>>,
    /// The last orders that ended were asked about, and whatever trades of theirs come now is heard of.
    pub(super) knows_the_past: bool,
    /// It reached a loss limit of its own, and that was counted.
    pub(super) lost_too_much: bool,
    pub(super) left_open: LeftOpen,
}

/// Which orders the venue is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Those whose last request has no answer yet.
    Doubtful,
    All,
}

impl ActiveRun {
    /// Reads the run's stream; from here on its orders count in self-trade prevention.
    pub(crate) async fn load(
        shared: &Shared,
        key: StrategyKey,
        number: u32,
        executor_type: &ExecutorType,
        cause: Uuid,
    ) -> Result<Self, StoreError> {
        let metadata = run_metadata(executor_type, &ExecutionId::of(&key, number), cause);
        let journal = Journal::load(shared.executions.clone(), &key, number, metadata).await?;
        let gate = Gate::of(journal.state(), shared.clock.now());
        let run = Self {
            key,
            number,
            journal,
            executor: None,
            configured_by: None,
            gate,
            reviewed_at: None,
            knows_the_past: false,
            lost_too_much: false,
            left_open: LeftOpen::default(),
        };
        run.publish_orders(shared);
        shared.known_runs.remember(Known {
            key: run.key.clone(),
            executor_type: executor_type.clone(),
            cause,
        });
        Ok(run)
    }

    pub(crate) fn id(&self) -> RunId {
        (self.key.clone(), self.number)
    }

    pub(crate) fn execution(&self) -> &Execution {
        self.journal.state()
    }

    /// A request to the venue has no answer yet.
    pub(crate) fn has_doubts(&self) -> bool {
        let mut orders = self.execution().live_orders.values();
        orders.any(|order| order.state != OrderState::Open)
    }

    /// Records trades that the venue reported by itself.
    pub(crate) async fn absorb(
        &mut self,
        shared: &Shared,
        fills: Vec<Fill>,
    ) -> Result<(), RecordError> {
        self.record_outcomes(shared, fills.into_iter().map(Outcome::Filled).collect())
            .await
    }

    /// Asks the venue about orders until it is known what became of them. A cancellation without
    /// an answer is asked for again: that is a question too. At first the last orders that ended are
    /// asked about as well: perhaps nobody listened when the venue told of their last trades.
    pub(crate) async fn settle(
        &mut self,
        shared: &Shared,
        ask: Ask,
        now: DateTime<Utc>,
    ) -> Result<(), RecordError> {
        let execution = self.execution();
        let mut orders: Vec<&LiveOrder> = execution
            .live_orders
            .values()
            .filter(|order| ask == Ask::All || order.state != OrderState::Open)
            .collect();
        if !self.knows_the_past {
            orders.extend(execution.ended_orders.since(now - LATE));
        }
        let listening = shared.listening.to_all(&orders);
        let mut questions = Vec::with_capacity(orders.len());
        for order in &orders {
            let trading = execution.trading_on(&order.intent.exchange);
            questions.push(shared.calls.ask(order, trading));
        }
        let answers = join_all(questions).await;
        let answered = |answer: &OrderAnswer| !matches!(answer, OrderAnswer::Unknown { .. });
        let knows_the_past = listening && answers.iter().all(answered);
        let grace = shared.settings.unknown_grace;
        let outcomes = orders
            .iter()
            .zip(answers)
            .flat_map(|(order, answer)| conclude(order, answer, now, grace))
            .collect();
        self.knows_the_past |= knows_the_past;
        if ask == Ask::All {
            self.reviewed_at = Some(now);
        }
        self.record_outcomes(shared, outcomes).await
    }

    /// Now and then all orders are asked about, in case the venue dropped one by itself.
    pub(crate) fn next_question(&self, shared: &Shared, now: DateTime<Utc>) -> Ask {
        let every = shared.settings.review_every;
        match self.reviewed_at {
            Some(then) if self.knows_the_past && now - then < every => Ask::Doubtful,
            Some(_) | None => Ask::All,
        }
    }

    /// Records what is news.
    pub(crate) async fn record_outcomes(
        &mut self,
        shared: &Shared,
        mut outcomes: Vec<Outcome>,
    ) -> Result<(), RecordError> {
        let execution = self.execution();
        outcomes.retain(|outcome| is_news(execution, outcome));
        if outcomes.is_empty() {
            return Ok(());
        }
        say_what_traded_beyond(execution, &outcomes);
        let kinds: Vec<&'static str> = outcomes.iter().map(kind).collect();
        self.journal
            .record(ExecutionCommand::RecordOutcomes(RecordOutcomes(outcomes)))
            .await?;
        for kind in kinds {
            counter!("order_outcomes_total", "outcome" => kind).increment(1);
        }
        self.publish_orders(shared);
        Ok(())
    }

    /// Tells self-trade prevention which orders this run has.
    pub(crate) fn publish_orders(&self, shared: &Shared) {
        let live = self.execution().live_orders.values();
        shared.own_orders.replace(&self.id(), live);
    }
}

pub(super) fn is_news(execution: &Execution, outcome: &Outcome) -> bool {
    let id = outcome.client_order_id();
    let Outcome::Filled(fill) = outcome else {
        return execution.live_orders.contains_key(id);
    };
    let Some(order) = execution.known_order(id) else {
        unaccounted(fill);
        return false;
    };
    !order.counts(&fill.fill_id)
}

fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Acknowledged { .. } => "acknowledged",
        Outcome::Rejected { .. } => "rejected",
        Outcome::Cancelled { .. } => "cancelled",
        Outcome::Filled(_) => "filled",
    }
}

/// A venue that trades more than was ordered has a fault an operator should know of; the trades
/// count all the same.
fn say_what_traded_beyond(execution: &Execution, outcomes: &[Outcome]) {
    let mut seen = BTreeSet::new();
    let mut traded: BTreeMap<&ClientOrderId, Decimal> = BTreeMap::new();
    for outcome in outcomes {
        if let Outcome::Filled(fill) = outcome
            && seen.insert((&fill.client_order_id, &fill.fill_id))
        {
            let sum = traded
                .entry(&fill.client_order_id)
                .or_insert_with(Decimal::zero);
            *sum = &*sum + fill.quantity.amount();
        }
    }
    for (id, traded) in traded {
        if let Some(order) = execution.known_order(id)
            && traded > order.remaining()
        {
            counter!("orders_overfilled_total").increment(1);
            tracing::error!(
                client_order.id = %id,
                exchange = order.intent.exchange,
                "the venue traded more than was ordered",
            );
        }
    }
}

//! One tick of a run: look, decide, act, and say what was left out.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::ErrorChain;
use domain::execution::{ExecutionCommand, MeasurePriceBand, SkipTick};
use domain::guard::Restraints;
use domain::instance::{InstanceCommand, StopInstance, StopMode};
use metrics::{counter, histogram};
use strategies::{Action, Decision, MarketSnapshot, OrderProposal, OwnState};

use super::active_run::{ActiveRun, Ask};
use super::loss_limit::lost_too_much;
use super::market_view::MarketView;
use super::panic_text::panic_text;
use super::shared::Shared;
use super::turn::{Over, TickKind, TurnError, TurnResult};
use crate::executor::{RunExecutor, TickContext};

const NOT_RENEWED: &str =
    "no order was renewed: what was to be cancelled traded or may still be there";

/// What acting on a decision came to.
#[derive(Debug, Default)]
struct Acted {
    skipped: Vec<String>,
    unfinished: bool,
    /// An order was placed or cancelled.
    changed: bool,
    stop: Option<String>,
}

impl ActiveRun {
    pub(super) async fn tick(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        over: &Over,
        (kind, restraints): (TickKind, &Restraints),
        now: DateTime<Utc>,
    ) -> Result<TurnResult, TurnError> {
        let Some(executor) = &self.executor else {
            return Ok(TurnResult::Continue);
        };
        let cadence = executor.cadence();
        let (market, mut said) = match self.look(shared, market, (kind, restraints), now).await? {
            ControlFlow::Continue(seen) => seen,
            ControlFlow::Break(ends) => return Ok(ends),
        };
        let refill = kind == TickKind::Refill;
        let mut acted = self
            .decide_and_act(shared, (&market, restraints), over, refill, now)
            .await?;
        if acted.unfinished && acted.changed && acted.stop.is_none() {
            acted = self
                .decide_and_act(shared, (&market, restraints), over, true, now)
                .await?;
        }
        if let Some(alarm) = self.left_open.alarm() {
            tracing::error!(strategy.key = %self.key, alarm, "a position is left open");
            said.push(alarm);
        }
        said.extend(acted.skipped);
        self.say_what_was_skipped(said, now).await?;
        if let Some(reason) = acted.stop {
            self.ask_to_stop(shared, reason, StopMode::Cancel, now)
                .await?;
        }
        Ok(TurnResult::Ticked {
            cadence,
            unfinished: acted.unfinished,
        })
    }

    /// Everything before a decision: orders in doubt are asked about, guards are obeyed, what is held
    /// is valued. Goes on with the market, and with what is to be said, where there is to be one.
    async fn look(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        (kind, restraints): (TickKind, &Restraints),
        now: DateTime<Utc>,
    ) -> Result<ControlFlow<TurnResult, (MarketSnapshot, Vec<String>)>, TurnError> {
        let Some(executor) = &self.executor else {
            return Ok(ControlFlow::Break(TurnResult::Continue));
        };
        let (cadence, markets) = (executor.cadence(), executor.markets());
        let ask = self.next_question(shared, now);
        if kind != TickKind::Quiet && (ask == Ask::All || self.has_doubts()) {
            self.settle(shared, ask, now).await?;
        }
        let mut said = Vec::new();
        if !restraints.is_free() {
            let (ends, of_guards) = self.obey(shared, market, restraints, now).await?;
            said = of_guards;
            if let Some(ends) = ends {
                self.say_what_was_skipped(said, now).await?;
                return Ok(ControlFlow::Break(ends));
            }
        }
        let blocked = restraints.blocks_everything().is_some();
        let decides = kind != TickKind::Quiet && !blocked;
        let mut seen = MarketSnapshot::default();
        if decides {
            seen = market.snapshot(markets).await;
            self.mark_what_is_held(shared, &seen, now).await?;
        } else {
            self.value_what_is_held(shared, market, now).await?;
        }
        if let Some(reason) = lost_too_much(self.execution(), &shared.settings.limits) {
            if !std::mem::replace(&mut self.lost_too_much, true) {
                counter!("runs_stopped_by_loss_total").increment(1);
            }
            let ends = self
                .take_everything_off(shared, reason, cadence, now)
                .await?;
            return Ok(ControlFlow::Break(ends));
        }
        if decides {
            return Ok(ControlFlow::Continue((seen, said)));
        }
        self.say_what_was_skipped(said, now).await?;
        Ok(ControlFlow::Break(match kind {
            TickKind::Quiet => TurnResult::Recorded,
            TickKind::Due | TickKind::Refill => TurnResult::Ticked {
                cadence,
                unfinished: false,
            },
        }))
    }

    async fn decide_and_act(
        &mut self,
        shared: &Shared,
        (market, restraints): (&MarketSnapshot, &Restraints),
        over: &Over,
        refill: bool,
        now: DateTime<Utc>,
    ) -> Result<Acted, TurnError> {
        let Some(executor) = &self.executor else {
            return Ok(Acted::default());
        };
        let own = OwnState::of(self.execution(), refill, now);
        let seen = self.journal.seen(market, refill);
        let context = TickContext { market, own: &own };
        let asked = Instant::now();
        let decision = decide(executor.as_ref(), &context);
        histogram!("decision_seconds").record(asked.elapsed());
        self.left_open.note(decision.open, now);
        let (cancels, proposals, stop) = apart(decision.actions);
        let mut acted = Acted {
            skipped: decision.skipped,
            unfinished: decision.unfinished,
            changed: !cancels.is_empty(),
            stop,
        };
        if let Some(reason) = decision.idle {
            tracing::trace!(strategy.key = %self.key, reason, "nothing to do");
        }
        if let Some(band) = decision.band {
            let measure = ExecutionCommand::MeasurePriceBand(MeasurePriceBand(band));
            self.journal.record(measure).await?;
        }
        let replaces = acted.unfinished && acted.changed && proposals.is_empty();
        if replaces && acted.stop.is_none() && !over.is_raised() {
            let looks = (market, restraints, over);
            let Some(skipped) = self.replace(shared, &cancels, looks, now).await? else {
                return Ok(acted);
            };
            acted.skipped = skipped;
            acted.unfinished = false;
            return Ok(acted);
        }
        let fills = self.execution().fills;
        self.cancel(shared, &cancels, now).await?;
        if decision.renews && (self.execution().fills > fills || self.any_stands(&cancels)) {
            let reason = NOT_RENEWED.to_owned();
            self.say_what_was_skipped(vec![reason], now).await?;
            return Ok(acted);
        }
        // Stopped while it was thinking: what it thought of no longer counts
        if !over.is_raised() {
            let intended = self.execution().intended;
            let orders = (proposals, decision.otherwise);
            let refused = self
                .place_or_otherwise(shared, orders, (market, seen, restraints), now)
                .await?;
            acted.changed |= self.execution().intended > intended;
            acted.skipped.extend(refused);
        }
        Ok(acted)
    }

    /// Whether an order that was to be cancelled may still be at its venue.
    fn any_stands(&self, cancels: &[Action]) -> bool {
        let live = &self.execution().live_orders;
        cancels.iter().any(|action| match action {
            Action::Cancel {
                client_order_id, ..
            } => live.contains_key(client_order_id),
            Action::Place(_) | Action::Stop { .. } => false,
        })
    }

    pub(super) async fn say_what_was_skipped(
        &mut self,
        mut reasons: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<(), TurnError> {
        reasons.dedup();
        if reasons.is_empty() {
            return Ok(());
        }
        let skip = SkipTick {
            reason: reasons.join("; "),
            tick_at: now,
        };
        self.journal
            .record(ExecutionCommand::SkipTick(skip))
            .await?;
        Ok(())
    }

    /// The run is done. Only this run: its owner may have started another meanwhile.
    pub(super) async fn ask_to_stop(
        &mut self,
        shared: &Shared,
        reason: String,
        mode: StopMode,
        now: DateTime<Utc>,
    ) -> Result<(), TurnError> {
        let mut metadata = self.journal.metadata().clone().because(reason.clone());
        let last = self.journal.last_event(shared.log.as_ref()).await;
        if let Some(event_id) = last.map_err(TurnError::Load)? {
            metadata = metadata.caused_by(event_id);
        }
        let stop = InstanceCommand::Stop(StopInstance {
            reason: Some(reason),
            only_run: Some(self.number),
            mode,
            stopped_at: now,
        });
        shared
            .instances
            .execute(self.key.as_str(), stop, metadata)
            .await
            .inspect_err(|error| {
                tracing::warn!(strategy.key = %self.key, error = %ErrorChain(error),
                    "a finished run could not be stopped");
            })?;
        Ok(())
    }
}

/// Cancellations, orders, and why the run is to stop, if it is.
fn apart(actions: Vec<Action>) -> (Vec<Action>, Vec<OrderProposal>, Option<String>) {
    let (mut cancels, mut proposals, mut stop) = (Vec::new(), Vec::new(), None);
    for action in actions {
        match action {
            Action::Place(proposal) => proposals.push(proposal),
            Action::Cancel { .. } => cancels.push(action),
            Action::Stop { reason } => stop = Some(reason),
        }
    }
    (cancels, proposals, stop)
}

/// A strategy that fails skips its tick, like one that finds no price.
pub(super) fn decide(executor: &dyn RunExecutor, context: &TickContext<'_>) -> Decision {
    catch_unwind(AssertUnwindSafe(|| executor.on_tick(context))).unwrap_or_else(|panic| {
        Decision::skip(format!("the executor failed: {}", panic_text(&*panic)))
    })
}

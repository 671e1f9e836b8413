//! One backtest at a time, a few waiting, and the last ones to be looked at.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::definition::LiveDefinition;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::backtester::{BacktestAnswer, BacktestFailure, BacktestQuestion};
use super::kept::{Asked, Found, State};
use crate::state::AppState;

/// The one that runs among them.
const MOST_UNFINISHED: usize = 5;
const MOST_KEPT: usize = 20;
const KEPT_FOR: TimeDelta = TimeDelta::hours(1);

/// In memory alone: another process knows nothing of them, and the next one neither.
#[derive(Debug)]
pub(crate) struct Backtests {
    known: Mutex<Vec<Known>>,
    turn: Semaphore,
}

#[derive(Debug)]
struct Known {
    asked: Asked,
    cancel: CancellationToken,
}

/// So many wait already that another one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{MOST_UNFINISHED} backtests run or wait already. Try again when one of them has ended")]
pub(crate) struct Full;

impl Default for Backtests {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            turn: Semaphore::new(1),
        }
    }
}

impl Backtests {
    /// Takes a question; its turn comes by itself.
    pub(crate) fn ask(
        app: &AppState,
        definition: LiveDefinition,
        question: BacktestQuestion,
    ) -> Result<Asked, Full> {
        let now = app.clock.now();
        let asked = Asked {
            id: Uuid::new_v4(),
            definition: Arc::new(definition),
            question: Arc::new(question),
            at: now,
            began_at: None,
            ended_at: None,
            state: State::Queued,
        };
        // Whoever ends the server does not wait for it
        let cancel = app.closing.child_token();
        {
            let mut known = app.backtests.current(now);
            let unfinished = known.iter().filter(|one| !one.asked.has_ended());
            if unfinished.count() >= MOST_UNFINISHED {
                return Err(Full);
            }
            known.push(Known {
                asked: asked.clone(),
                cancel: cancel.clone(),
            });
        }
        tokio::spawn(take_turn(app.clone(), asked.clone(), cancel));
        Ok(asked)
    }

    /// `None` for what is forgotten or never was.
    pub(crate) fn find(&self, id: Uuid, now: DateTime<Utc>) -> Option<Asked> {
        let known = self.current(now);
        let one = known.iter().find(|one| one.asked.id == id);
        one.map(|one| one.asked.clone())
    }

    /// One that has ended stays as it is.
    pub(crate) fn cancel(&self, id: Uuid, now: DateTime<Utc>) -> Option<Asked> {
        let mut known = self.current(now);
        let one = known.iter_mut().find(|one| one.asked.id == id)?;
        if !one.asked.has_ended() {
            one.asked.state = State::Cancelled;
            one.asked.ended_at = Some(now);
            one.cancel.cancel();
        }
        Some(one.asked.clone())
    }

    /// Those that are still kept, the oldest first.
    fn current(&self, now: DateTime<Utc>) -> MutexGuard<'_, Vec<Known>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|one| one.asked.ended_at.is_none_or(|at| now < at + KEPT_FOR));
        let ended = known.iter().filter(|one| one.asked.has_ended()).count();
        let mut too_many = ended.saturating_sub(MOST_KEPT);
        known.retain(|one| {
            let goes = too_many > 0 && one.asked.has_ended();
            too_many -= usize::from(goes);
            !goes
        });
        known
    }

    /// Nothing changes what has ended.
    fn change(&self, id: Uuid, change: impl FnOnce(&mut Asked)) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = known.iter_mut().map(|one| &mut one.asked);
        if let Some(asked) = asked.into_iter().find(|asked| asked.id == id)
            && !asked.has_ended()
        {
            change(asked);
        }
    }
}

async fn take_turn(app: AppState, asked: Asked, cancel: CancellationToken) {
    let found = cancel.run_until_cancelled(run(&app, &asked)).await;
    let now = app.clock.now();
    app.backtests.change(asked.id, |asked| {
        asked.ended_at = Some(now);
        asked.state = match found {
            Some(Ok(answer)) => State::Done(Arc::new(Found::from(answer))),
            Some(Err(failure)) => State::Failed(failure.0),
            None => State::Cancelled,
        };
    });
}

async fn run(app: &AppState, asked: &Asked) -> Result<BacktestAnswer, BacktestFailure> {
    let turn = app.backtests.turn.acquire().await;
    let _turn = turn.map_err(|closed| BacktestFailure(closed.to_string()))?;
    let (id, now) = (asked.id, app.clock.now());
    app.backtests.change(id, |asked| {
        asked.began_at = Some(now);
        asked.state = State::Running(0.0);
    });
    let told = app.clone();
    let tell = Box::new(move |done| {
        let running = State::Running(done);
        told.backtests.change(id, |asked| asked.state = running);
    });
    app.backtester
        .run(asked.question.as_ref().clone(), tell)
        .await
}

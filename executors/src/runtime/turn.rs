//! One piece of work on one run: it takes the run with it and brings it back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::execution::{ExecutionError, Fill};
use domain::guard::Restraints;
use domain::ids::{ExecutorType, StrategyKey};
use domain::instance::InstanceError;
use domain::wishes::{Ending, WantedRun};
use event_store::{CommandError, StoreError};
use metrics::histogram;
use uuid::Uuid;

use super::active_run::ActiveRun;
use super::late_trades::keep_of_run;
use super::market_view::MarketView;
use super::shared::Shared;

#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) key: StrategyKey,
    pub(crate) job: Job,
    /// Trades the venue reported since the last turn.
    pub(crate) fills: Vec<Fill>,
    pub(crate) now: DateTime<Utc>,
    /// Since when the strategy is due, if it is.
    pub(crate) due: Option<DateTime<Utc>>,
    pub(crate) market: Arc<MarketView>,
    pub(crate) over: Over,
}

#[derive(Debug)]
pub(crate) enum Job {
    Load {
        number: u32,
        /// Whose orders must be known as well before anything is placed.
        others: Vec<u32>,
        executor_type: ExecutorType,
        cause: Uuid,
    },
    Start(Box<ActiveRun>, Box<WantedRun>, TakenUp),
    Reconfigure(Box<ActiveRun>, Box<WantedRun>),
    /// The last says what tripped guards leave it to do.
    Tick(Box<ActiveRun>, TickKind, Restraints),
    /// Nobody may trade, for this reason.
    Halt(Box<ActiveRun>, String),
    /// The second says whether trading is halted.
    End(Box<ActiveRun>, Ending, bool),
    /// The instance has no run any more, but its venue told of trades.
    LateTrades,
}

impl Job {
    /// Whether new trades are recorded in passing. A run that is only being taken up asks for its
    /// trades, or records them in its next turn.
    pub(crate) fn records(&self) -> bool {
        !matches!(
            self,
            Self::Load { .. } | Self::Start(..) | Self::Reconfigure(..)
        )
    }

    fn run(&self) -> Option<u32> {
        match self {
            Self::Start(run, ..)
            | Self::Reconfigure(run, _)
            | Self::Tick(run, ..)
            | Self::Halt(run, _)
            | Self::End(run, ..) => Some(run.number),
            Self::Load { .. } | Self::LateTrades => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakenUp {
    /// Whoever ran it before is gone, or it never ran.
    FromAnotherProcess,
    /// This one ran it, and had to read it anew.
    Again,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TickKind {
    /// The cadence made it due.
    Due,
    /// The last decision waits for freed slots.
    Refill,
    /// There is only something to record.
    Quiet,
}

/// Raised when a run is no longer wanted: a turn under way places nothing more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Over(Arc<AtomicBool>);

impl Over {
    pub(crate) fn raise(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_raised(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

#[derive(Debug)]
pub(crate) struct TurnEnd {
    /// `None` when there is none, or it has to be read anew.
    pub(crate) run: Option<Box<ActiveRun>>,
    pub(crate) result: TurnResult,
    /// Trades that a turn that failed may not have recorded.
    pub(crate) unrecorded: Vec<Fill>,
}

#[derive(Debug)]
pub(crate) enum TurnResult {
    /// There is more to do at once.
    Continue,
    Ticked {
        cadence: Duration,
        /// The decision waits for cancellations that no venue has confirmed yet.
        unfinished: bool,
    },
    Recorded,
    /// It is to be ticked now, whatever its cadence was.
    Reconfigured,
    /// No order of the run can trade any more.
    Ended(u32),
    /// The end is not confirmed yet.
    Waiting,
    /// As was asked for; looked at now and then until they are gone.
    OrdersLeft,
    /// What the run holds is being closed: look again soon.
    Flattening,
    /// Its owner was told that it can't run; the answer comes through the feed.
    Faulted,
    /// Nothing here runs it, and nobody here asked for it.
    Ignored(u32),
    /// Another process runs the instances.
    NotOurs(u32),
    Failed(TurnError),
}

/// Why a turn had to be given up; it is tried again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TurnError {
    #[error("the run could not be read")]
    Load(#[source] StoreError),
    #[error("the run could not be recorded")]
    Record(#[from] CommandError<ExecutionError>),
    #[error("the instance could not be told")]
    Instance(#[from] CommandError<InstanceError>),
}

impl Turn {
    /// Never fails and never hangs: what goes wrong is part of the result.
    pub(crate) async fn take(self, shared: Arc<Shared>) -> TurnEnd {
        // Nobody closes the semaphore; without it a turn would only be less patient
        let _permit = shared.permits.acquire().await.ok();
        if let Some(due) = self.due {
            // With the wait for its turn
            let late = (shared.clock.now() - due).to_std().unwrap_or_default();
            histogram!("tick_lateness_seconds").record(late);
        }
        let fills = self.fills.clone();
        match self.work(&shared).await {
            Ok((run, result)) => TurnEnd {
                run,
                result,
                unrecorded: vec![],
            },
            Err(error) => TurnEnd {
                run: None,
                result: TurnResult::Failed(error),
                unrecorded: fills,
            },
        }
    }

    async fn work(
        self,
        shared: &Shared,
    ) -> Result<(Option<Box<ActiveRun>>, TurnResult), TurnError> {
        let Self {
            key,
            job,
            fills,
            now,
            due: _,
            market,
            over,
        } = self;
        let fills = keep_of_run(shared, fills, job.run()).await?;
        match job {
            Job::Load {
                number,
                others,
                executor_type,
                cause,
            } => {
                let load =
                    |number| ActiveRun::load(shared, key.clone(), number, &executor_type, cause);
                for other in others {
                    load(other).await.map_err(TurnError::Load)?;
                }
                let run = Box::new(load(number).await.map_err(TurnError::Load)?);
                Ok((Some(run), TurnResult::Continue))
            }
            Job::Start(mut run, wanted, taken_up) => {
                let result = run.start(shared, &wanted, taken_up, now).await?;
                Ok((Some(run), result))
            }
            Job::Reconfigure(mut run, wanted) => {
                let result = run.reconfigure(shared, &wanted, now).await?;
                Ok((Some(run), result))
            }
            Job::Tick(mut run, kind, restraints) => {
                run.absorb(shared, fills).await?;
                let result = run
                    .tick(shared, &market, &over, (kind, &restraints), now)
                    .await?;
                Ok((Some(run), result))
            }
            Job::Halt(mut run, reason) => {
                run.absorb(shared, fills).await?;
                let result = run.halt(shared, &reason, now).await?;
                Ok((Some(run), result))
            }
            Job::End(mut run, ending, halted) => {
                run.absorb(shared, fills).await?;
                let result = run.end(shared, &market, (ending, halted), now).await?;
                Ok((Some(run), result))
            }
            Job::LateTrades => Ok((None, TurnResult::Recorded)),
        }
    }
}

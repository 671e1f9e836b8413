//! Walks a run's stream backwards, a window at a time.

use domain::event::{Event, aggregate_type};
use domain::execution::{ExecutionEvent, ExecutionId};
use event_store::{EventLog, Recorded, StreamName};

use super::RunLog;
use crate::past::PastError;

const WINDOW: u64 = 500;
/// Events looked at for one page; behind them a page ends, and the next begins.
const MOST: u64 = 50_000;

/// An event of the run, decoded.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) recorded: Recorded,
    pub(super) event: ExecutionEvent,
}

impl Seen {
    pub(super) fn version(&self) -> u64 {
        self.recorded.version
    }
}

/// The next event to look at lies below `below`.
#[derive(Debug)]
pub(super) struct Backwards<'a> {
    log: &'a dyn EventLog,
    stream: StreamName,
    below: u64,
    budget: u64,
}

impl<'a> Backwards<'a> {
    pub(super) fn from(log: &'a dyn EventLog, run: &RunLog, before: Option<u64>) -> Self {
        let end = run.loaded.version + 1;
        Self {
            log,
            stream: stream(run),
            below: before.unwrap_or(end).min(end),
            budget: MOST,
        }
    }

    /// There is nothing older left to look at.
    pub(super) fn reached_the_beginning(&self) -> bool {
        self.below <= 1
    }

    /// The next window, the latest first; `None` at the beginning, or when too much was looked at.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Seen>>, PastError> {
        if self.reached_the_beginning() || self.budget == 0 {
            return Ok(None);
        }
        let after = self.below.saturating_sub(WINDOW + 1);
        let mut events = between(self.log, &self.stream, after, self.below).await?;
        events.reverse();
        self.budget = self.budget.saturating_sub(WINDOW);
        self.below = after + 1;
        Ok(Some(events))
    }
}

/// The events after `version`, a window of them, oldest first, up to where the run was loaded.
pub(super) async fn forwards(
    log: &dyn EventLog,
    run: &RunLog,
    version: u64,
) -> Result<Vec<Seen>, PastError> {
    let below = (version + WINDOW + 1).min(run.loaded.version + 1);
    between(log, &stream(run), version, below).await
}

/// Events with versions above `after` and below `below`, oldest first.
async fn between(
    log: &dyn EventLog,
    stream: &StreamName,
    after: u64,
    below: u64,
) -> Result<Vec<Seen>, PastError> {
    let wanted = usize::try_from(below.saturating_sub(after + 1)).unwrap_or(usize::MAX);
    if wanted == 0 {
        return Ok(vec![]);
    }
    let mut seen = Vec::with_capacity(wanted);
    for recorded in log.load(stream, after, wanted).await? {
        if let Event::Execution(event) = recorded.decode()? {
            seen.push(Seen { recorded, event });
        }
    }
    Ok(seen)
}

fn stream(run: &RunLog) -> StreamName {
    let id = ExecutionId::of(&run.key, run.run);
    StreamName::new(aggregate_type::EXECUTION, id.as_str())
}

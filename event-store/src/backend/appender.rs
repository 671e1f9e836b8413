//! Group commit: appends that arrive together share one durable transaction.
//!
//! One task per process writes. While a batch is on its way to the disk the next one gathers, so
//! batches grow with the load and a lone append never waits for company.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::{Mutex, mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use super::prepared::Prepared;
use super::recent_events::RecentEvents;
use super::settle::settle;
use super::trouble::Trouble;
use crate::error::{AppendError, StoreError};
use crate::log::{Append, Appended};
use crate::recorded::Position;

/// Enough to fill the time a flush takes, small enough that one refusal is found quickly.
const MAX_APPENDS: usize = 512;
/// From so many callers on a batch is half of them: a flush is a small part of so large a batch, and
/// the other half gets its answers and prepares what comes next while the database works.
const WORTH_HALVING: usize = 48;
/// Callers wait when so many appends are queued.
const QUEUE: usize = 4096;

pub(crate) type Verdict = Result<Appended, AppendError>;

/// What a database must offer the appender.
#[async_trait]
pub(crate) trait BatchWriter: Send + 'static {
    /// Decides the appends in order and stores the accepted ones in one durable transaction. `Err`
    /// means that none was stored, unless its kind is [`super::trouble::Kind::Lost`].
    async fn write(&mut self, batch: &[Prepared], care: Care) -> Result<Written, Trouble>;
}

/// A batch that was decided, and stored as far as it was accepted.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) verdicts: Vec<Verdict>,
    /// Of what was stored; `None` where only the database knows.
    pub(crate) recorded_at: Option<DateTime<Utc>>,
}

impl From<Vec<Verdict>> for Written {
    fn from(verdicts: Vec<Verdict>) -> Self {
        Self {
            verdicts,
            recorded_at: None,
        }
    }
}

/// What became of one append.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    /// `None` where only the database knows.
    pub(crate) recorded_at: Option<DateTime<Utc>>,
}

impl From<Trouble> for Outcome {
    fn from(trouble: Trouble) -> Self {
        Self {
            verdict: Err(trouble.into()),
            recorded_at: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// What is said to be new is taken to be new; a batch in which it is not fails as a whole.
    Usual,
    /// Anything may be stored already: look first.
    Repeating,
}

#[expect(
    clippy::large_enum_variant,
    reason = "the small one is sent once, and boxing the other would cost each append"
)]
enum Work {
    Append(Prepared, oneshot::Sender<Verdict>),
    Close,
}

/// The way to the writing task.
#[derive(Debug)]
pub(crate) struct Appender {
    queue: mpsc::Sender<Work>,
    recent: Arc<RecentEvents>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Appender {
    pub(crate) fn start(writer: impl BatchWriter, wake_up: watch::Sender<Position>) -> Self {
        let (queue, arriving) = mpsc::channel(QUEUE);
        let recent = Arc::<RecentEvents>::default();
        let task = tokio::spawn(run(writer, arriving, recent.clone(), wake_up));
        Self {
            queue,
            recent,
            task: Mutex::new(Some(task)),
        }
    }

    pub(crate) async fn append(&self, append: Append) -> Verdict {
        let prepared = Prepared::try_new(append)?;
        let (answer, verdict) = oneshot::channel();
        self.queue
            .send(Work::Append(prepared, answer))
            .await
            .map_err(|_| closed())?;
        verdict
            .await
            .unwrap_or_else(|source| Err(AppendError::OutcomeUnknown(Box::new(source))))
    }

    pub(crate) fn recent(&self) -> &RecentEvents {
        &self.recent
    }

    /// Also after [`Self::close`].
    pub(crate) fn has_ended(&self) -> bool {
        self.queue.is_closed()
    }

    /// Writes what was handed in so far, then stops. Later appends are turned away.
    pub(crate) async fn close(&self) {
        // An error means that the task has stopped already
        let _ = self.queue.send(Work::Close).await;
        if let Some(task) = self.task.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer of the event store did not stop cleanly");
        }
    }
}

fn closed() -> AppendError {
    AppendError::Store(StoreError::Unavailable("the event store is closed".into()))
}

async fn run(
    mut writer: impl BatchWriter,
    mut arriving: mpsc::Receiver<Work>,
    recent: Arc<RecentEvents>,
    wake_up: watch::Sender<Position>,
) {
    let mut settled = Settled::default();
    let mut arrived = Vec::with_capacity(MAX_APPENDS);
    loop {
        let callers = settled.answers.len() + arriving.len();
        let enough = if callers < WORTH_HALVING {
            settled.tell_all();
            MAX_APPENDS
        } else {
            callers / 2
        };
        if arriving.is_empty() {
            settled.tell_all();
        }
        gather(&mut arriving, &mut arrived, enough).await;
        if arrived.is_empty() {
            return;
        }
        let mut batch = Vec::with_capacity(arrived.len());
        let mut callers = Vec::with_capacity(arrived.len());
        for work in arrived.drain(..) {
            match work {
                Work::Append(prepared, caller) => {
                    batch.push(prepared);
                    callers.push(caller);
                }
                Work::Close => arriving.close(),
            }
        }
        let told = std::mem::take(&mut settled);
        // In this order: the database is at work while the callers of the batch before are told
        let written = settle(&mut writer, &batch);
        let (outcomes, ()) = tokio::join!(biased; written, async { told.tell() });
        recent.take(batch, &outcomes);
        announce(&wake_up, &outcomes);
        let verdicts = outcomes.into_iter().map(|outcome| outcome.verdict);
        settled.answers = callers.into_iter().zip(verdicts).collect();
    }
}

/// The batch that was written last.
#[derive(Default)]
struct Settled {
    /// Those that its callers were not told yet.
    answers: Vec<(oneshot::Sender<Verdict>, Verdict)>,
}

impl Settled {
    fn tell(mut self) {
        self.tell_all();
    }

    fn tell_all(&mut self) {
        for (caller, verdict) in self.answers.drain(..) {
            // A caller that has gone away does not need its answer
            let _ = caller.send(verdict);
        }
    }
}

/// Waits for the first append, then lets those who were just answered, and are about to append
/// again, come along: otherwise every other batch would be the few who were quickest.
async fn gather(arriving: &mut mpsc::Receiver<Work>, arrived: &mut Vec<Work>, enough: usize) {
    let mut gathered = arriving.recv_many(arrived, MAX_APPENDS).await;
    while gathered > 0 && gathered < enough {
        tokio::task::yield_now().await;
        if arriving.is_empty() {
            break;
        }
        let room = MAX_APPENDS - gathered;
        gathered += arriving.recv_many(arrived, room).await;
    }
}

fn announce(wake_up: &watch::Sender<Position>, outcomes: &[Outcome]) {
    let verdicts = outcomes.iter().flat_map(|outcome| &outcome.verdict);
    let stored = verdicts.map(|appended| appended.position);
    if let Some(last) = stored.max() {
        raise(wake_up, last);
    }
}

/// Tells those who wait that the log reaches `head`. Never goes back.
pub(crate) fn raise(wake_up: &watch::Sender<Position>, head: Position) {
    wake_up.send_if_modified(|known| {
        let news = head > *known;
        *known = head.max(*known);
        news
    });
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::log::{Expected, NewEvent};
    use crate::metadata::{Actor, Metadata, Role, Source};
    use crate::recorded::StreamName;

    struct BreaksDown;

    #[async_trait]
    impl BatchWriter for BreaksDown {
        async fn write(&mut self, _: &[Prepared], _: Care) -> Result<Written, Trouble> {
            panic!("a defect")
        }
    }

    fn any_append() -> Append {
        let actor = Actor::new("alice", Role::Admin);
        Append {
            stream: StreamName::new("counter", "one"),
            expected: Expected::Any,
            events: vec![NewEvent {
                event_id: Uuid::nil(),
                event_type: "Counted".to_owned(),
                event_version: "1.0".to_owned(),
                payload: "{}".to_owned(),
            }],
            metadata: Metadata::new(actor, Source::Rest, Uuid::nil()),
            unchanged: vec![],
            idempotency: None,
        }
    }

    #[tokio::test]
    async fn a_writer_that_broke_down_is_known_to_have() {
        let appender = Appender::start(BreaksDown, watch::Sender::new(Position(0)));
        assert!(!appender.has_ended());

        let verdict = appender.append(any_append()).await;

        assert!(matches!(verdict, Err(AppendError::OutcomeUnknown(_))));
        assert!(appender.has_ended());
    }
}

//! Group load: streams that are asked for together are read by one query.
//!
//! As with appends, the next query gathers while one runs, so a lone load never waits for company.
//! Each sees what was stored when it was asked for: its query begins after it has arrived.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_util::task::AbortOnDropHandle;

use super::trouble::{Kind, Trouble};
use crate::recorded::{Recorded, StreamName};

/// Bounds what one query holds in memory.
const MAX_LOADS: usize = 64;
/// Two: while one reads, the other gathers. More would only make the groups smaller.
const LOADERS: usize = 2;
/// Callers wait when so many loads are queued.
const QUEUE: usize = 1024;

/// A part of a stream: its events after a version, oldest first, at most `limit`.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) stream: StreamName,
    pub(crate) after: u64,
    pub(crate) limit: usize,
}

/// What a database must offer.
#[async_trait]
pub(crate) trait StreamReader: Send + Sync + 'static {
    /// One answer per load, in order.
    async fn read(&self, wanted: &[Wanted]) -> Result<Vec<Vec<Recorded>>, Trouble>;
}

type Answer = oneshot::Sender<Result<Vec<Recorded>, Trouble>>;
type Arriving = Arc<Mutex<mpsc::Receiver<(Wanted, Answer)>>>;

/// The way to the reading tasks, which stop with it.
#[derive(Debug)]
pub(crate) struct GroupLoad {
    queue: mpsc::Sender<(Wanted, Answer)>,
    _loaders: Vec<AbortOnDropHandle<()>>,
}

impl GroupLoad {
    pub(crate) fn start(reader: impl StreamReader) -> Self {
        let (queue, arriving) = mpsc::channel(QUEUE);
        let (reader, arriving) = (Arc::new(reader), Arc::new(Mutex::new(arriving)));
        let loaders = (0..LOADERS)
            .map(|_| tokio::spawn(run(reader.clone(), arriving.clone())))
            .map(AbortOnDropHandle::new)
            .collect();
        Self {
            queue,
            _loaders: loaders,
        }
    }

    pub(crate) async fn load(&self, wanted: Wanted) -> Result<Vec<Recorded>, Trouble> {
        // Nothing can be stored under such a name, and a database may read it as a shorter one
        if wanted.stream.aggregate_id.contains('\0') {
            return Ok(vec![]);
        }
        let (answer, loaded) = oneshot::channel();
        self.queue
            .send((wanted, answer))
            .await
            .map_err(|_| stopped())?;
        loaded.await.map_err(|_| stopped())?
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the reading task has ended")]
struct Stopped;

fn stopped() -> Trouble {
    Trouble::new(Kind::Unavailable, "the event store is closed", Stopped)
}

async fn run(reader: Arc<impl StreamReader>, arriving: Arriving) {
    loop {
        let mut group = Vec::with_capacity(MAX_LOADS);
        gather(&arriving, &mut group).await;
        if group.is_empty() {
            return;
        }
        let (wanted, answers): (Vec<_>, Vec<_>) = group.into_iter().unzip();
        answer(reader.as_ref(), &wanted, answers).await;
    }
}

/// Waits for the first, then lets those who are about to ask come along.
async fn gather(arriving: &Arriving, group: &mut Vec<(Wanted, Answer)>) {
    let mut arriving = arriving.lock().await;
    let mut gathered = arriving.recv_many(group, MAX_LOADS).await;
    while gathered > 0 && group.len() < MAX_LOADS {
        tokio::task::yield_now().await;
        if arriving.is_empty() {
            return;
        }
        gathered = arriving.recv_many(group, MAX_LOADS - group.len()).await;
    }
}

/// A caller that has gone away does not need its answer.
async fn answer(reader: &impl StreamReader, wanted: &[Wanted], answers: Vec<Answer>) {
    match reader.read(wanted).await {
        Ok(loaded) => {
            for (answer, events) in answers.into_iter().zip(loaded) {
                let _ = answer.send(Ok(events));
            }
        }
        // One that cannot be read shall not harm its neighbours
        Err(trouble) if trouble.kind == Kind::Refused && wanted.len() > 1 => {
            for (answer, wanted) in answers.into_iter().zip(wanted) {
                let alone = reader.read(std::slice::from_ref(wanted)).await;
                let _ = answer.send(alone.map(|loaded| loaded.into_iter().flatten().collect()));
            }
        }
        Err(trouble) => {
            for answer in answers {
                let _ = answer.send(Err(trouble.clone()));
            }
        }
    }
}

/// Puts each event with the load that asked for it, numbered from 1.
pub(crate) fn by_number(
    wanted: usize,
    events: impl IntoIterator<Item = Result<(i64, Recorded), Trouble>>,
) -> Result<Vec<Vec<Recorded>>, Trouble> {
    let mut loaded: Vec<Vec<Recorded>> = (0..wanted).map(|_| vec![]).collect();
    for event in events {
        let (number, recorded) = event?;
        let index = usize::try_from(number - 1).ok();
        if let Some(events) = index.and_then(|index| loaded.get_mut(index)) {
            events.push(recorded);
        }
    }
    Ok(loaded)
}

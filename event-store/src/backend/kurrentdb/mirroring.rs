//! The mirror on its way to be what KurrentDB holds.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex, watch};

use super::envelope::unwrap;
use super::log_stream::LogStream;
use super::restored;
use super::trouble::Foreign;
use crate::backend::appender::raise;
use crate::backend::plan::Found;
use crate::backend::prepared::Prepared;
use crate::backend::sqlite::{Mirror, MirrorReading};
use crate::backend::trouble::Trouble;
use crate::recorded::{Position, Recorded};
use crate::restore::StoredAnswer;

/// Events read at once, and one transaction of the mirror.
pub(super) const PAGE: usize = 10_000;
/// A mirror that is filled for the first time says how far it is.
const TELL_EVERY: u64 = 100_000;

#[derive(Debug)]
pub(super) struct Mirroring {
    pub(super) stream: Arc<LogStream>,
    mirror: Mutex<Mirror>,
    /// The last event that is known to be in the mirror.
    newest: StdMutex<Option<Recorded>>,
    wake_up: watch::Sender<Position>,
    catching_up: Mutex<()>,
    /// How often somebody began to catch up, and the last of these that came to its end.
    begun: AtomicU64,
    ended: AtomicU64,
}

/// Events that follow each other, and what was answered about them.
#[derive(Debug, Default)]
pub(super) struct News {
    pub(super) events: Vec<Recorded>,
    pub(super) answers: Vec<StoredAnswer>,
}

impl Mirroring {
    /// Makes the mirror what KurrentDB holds now. One of another history is refused.
    pub(super) async fn start(
        stream: Arc<LogStream>,
        mut mirror: Mirror,
        reading: &MirrorReading,
    ) -> Result<Self, Trouble> {
        let newest = reading.newest().await?;
        if newest.is_none() {
            let answers = restored::answers(&stream.cluster, &stream.name).await?;
            mirror.begin_with(&answers).await?;
        }
        let mirroring = Self {
            stream,
            mirror: Mutex::new(mirror),
            newest: StdMutex::new(newest),
            wake_up: reading.wake_up.clone(),
            catching_up: Mutex::new(()),
            begun: AtomicU64::new(0),
            ended: AtomicU64::new(0),
        };
        mirroring.read_all().await?;
        Ok(mirroring)
    }

    /// Makes sure that the mirror holds everything that was acknowledged to anybody before this was
    /// called. Those who ask at the same time share an answer.
    pub(super) async fn catch_up(&self) -> Result<(), Trouble> {
        let asked = self.begun.load(Ordering::SeqCst);
        let _turn = self.catching_up.lock().await;
        if self.ended.load(Ordering::SeqCst) > asked {
            return Ok(());
        }
        let begun = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        self.read_all().await?;
        self.ended.store(begun, Ordering::SeqCst);
        Ok(())
    }

    async fn read_all(&self) -> Result<(), Trouble> {
        let mut told = self.newest().as_ref().map_or(0, |newest| newest.position.0);
        loop {
            let newest = self.newest().clone();
            let news = self.read_behind(newest.as_ref()).await?;
            self.take_over(&news).await?;
            let Some(last) = news.events.last() else {
                return Ok(());
            };
            if news.events.len() < PAGE {
                return Ok(());
            }
            if last.position.0 >= told + TELL_EVERY {
                told = last.position.0;
                tracing::info!(events = told, "copying the log from KurrentDB");
            }
        }
    }

    /// The page behind the newest event, which must be there too, as it is in the mirror.
    async fn read_behind(&self, newest: Option<&Recorded>) -> Result<News, Trouble> {
        let Some(newest) = newest else {
            return self.read(0, PAGE).await;
        };
        let mut news = self.read(newest.position.0 - 1, PAGE + 1).await?;
        if news.events.first() != Some(newest) {
            return Err(Foreign::AnotherHistory {
                stream: self.stream.name.clone(),
                ours: newest.event_id,
            }
            .into());
        }
        news.events.remove(0);
        let behind = newest.position.0.cast_signed();
        news.answers.retain(|answer| answer.position > behind);
        Ok(news)
    }

    /// Up to `limit` events behind the first `held`, without taking them over.
    pub(super) async fn read(&self, held: u64, limit: usize) -> Result<News, Trouble> {
        let mut news = News::default();
        for found in &self.stream.read(held, limit).await? {
            let (event, answer) = unwrap(found)?;
            news.events.push(event);
            news.answers.extend(answer);
        }
        Ok(news)
    }

    pub(super) async fn take_over(&self, news: &News) -> Result<(), Trouble> {
        let Some(last) = news.events.last() else {
            return Ok(());
        };
        let mut mirror = self.mirror.lock().await;
        mirror.absorb(&news.events, &news.answers).await?;
        let mut newest = self.newest();
        if newest
            .as_ref()
            .is_none_or(|newest| newest.position < last.position)
        {
            *newest = Some(last.clone());
        }
        raise(&self.wake_up, last.position);
        Ok(())
    }

    pub(super) async fn look_up(&self, batch: &[Prepared]) -> Result<(Found, i64), Trouble> {
        self.mirror.lock().await.look_up(batch).await
    }

    fn newest(&self) -> MutexGuard<'_, Option<Recorded>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The copy on its way to be what KurrentDB holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{Mutex, MutexGuard, watch};

use super::envelope::unwrap;
use super::log_stream::LogStream;
use super::restored;
use super::trouble::Foreign;
use crate::backend::appender::raise;
use crate::backend::sqlite::{Mirror, MirrorReading};
use crate::backend::trouble::Trouble;
use crate::recorded::{Position, Recorded};
use crate::restore::StoredAnswer;

/// Events read at once.
pub(super) const PAGE: usize = 2000;
/// A copy that is filled for the first time says how far it is.
const TELL_EVERY: u64 = 100_000;

#[derive(Debug)]
pub(super) struct Copying {
    pub(super) stream: Arc<LogStream>,
    pub(super) mirror: Mirror,
    /// At least so many events are in the copy.
    held: u64,
    wake_up: watch::Sender<Position>,
}

/// The same, for all who use it.
#[derive(Debug)]
pub(super) struct SharedCopying {
    copying: Mutex<Copying>,
    /// How often somebody began to catch up.
    begun: AtomicU64,
    /// The last of these that came to its end.
    ended: AtomicU64,
}

/// Events that follow each other, and what was answered about them.
#[derive(Debug, Default)]
pub(super) struct News {
    pub(super) events: Vec<Recorded>,
    pub(super) answers: Vec<StoredAnswer>,
}

impl SharedCopying {
    pub(super) fn new(copying: Copying) -> Self {
        Self {
            copying: Mutex::new(copying),
            begun: AtomicU64::new(0),
            ended: AtomicU64::new(0),
        }
    }

    pub(super) async fn lock(&self) -> MutexGuard<'_, Copying> {
        self.copying.lock().await
    }

    /// Makes sure that the copy holds everything that was acknowledged to anybody before this was
    /// called. Those who ask at the same time share an answer.
    pub(super) async fn catch_up(&self) -> Result<(), Trouble> {
        let asked = self.begun.load(Ordering::SeqCst);
        let mut copying = self.copying.lock().await;
        if self.ended.load(Ordering::SeqCst) > asked {
            return Ok(());
        }
        let begun = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        copying.catch_up().await?;
        self.ended.store(begun, Ordering::SeqCst);
        Ok(())
    }

    /// The same, unless somebody else is at it.
    pub(super) async fn catch_up_if_idle(&self) -> Result<(), Trouble> {
        match self.copying.try_lock() {
            Ok(mut copying) => copying.catch_up().await,
            Err(_) => Ok(()),
        }
    }
}

impl News {
    pub(super) fn extend(&mut self, more: Self) {
        self.events.extend(more.events);
        self.answers.extend(more.answers);
    }
}

impl Copying {
    /// Makes the copy what KurrentDB holds now. One of another history is refused.
    pub(super) async fn start(
        stream: Arc<LogStream>,
        mirror: Mirror,
        reading: &MirrorReading,
    ) -> Result<Self, Trouble> {
        let newest = reading.newest().await?;
        let mut copying = Self {
            stream,
            mirror,
            held: newest.as_ref().map_or(0, |newest| newest.position.0),
            wake_up: reading.wake_up.clone(),
        };
        if let Some(newest) = newest {
            copying.require(&newest).await?;
        } else {
            let answers = restored::answers(&copying.stream.cluster, &copying.stream.name).await?;
            copying.mirror.absorb(&[], &answers).await?;
        }
        copying.catch_up().await?;
        Ok(copying)
    }

    async fn require(&self, newest: &Recorded) -> Result<(), Trouble> {
        let before = self.held.saturating_sub(1);
        let there = self.stream.read(before, 1).await?.pop();
        if there.is_some_and(|there| there.id == newest.event_id) {
            return Ok(());
        }
        Err(Foreign::AnotherHistory {
            stream: self.stream.name.clone(),
            ours: newest.event_id,
        }
        .into())
    }

    /// Takes over what others have appended.
    pub(super) async fn catch_up(&mut self) -> Result<(), Trouble> {
        let mut to_tell = self.held + TELL_EVERY;
        loop {
            let news = self.read_on(self.held).await?;
            let read = news.events.len();
            self.take_over(&news).await?;
            if read < PAGE {
                return Ok(());
            }
            if self.held >= to_tell {
                tracing::info!(events = self.held, "copying the log from KurrentDB");
                to_tell = self.held + TELL_EVERY;
            }
        }
    }

    /// Up to a page of what follows the first `held` events, without taking it over.
    pub(super) async fn read_on(&self, held: u64) -> Result<News, Trouble> {
        let page = self.stream.read(held, PAGE).await?;
        let mut news = News::default();
        for found in &page {
            let (event, answer) = unwrap(found)?;
            news.events.push(event);
            news.answers.extend(answer);
        }
        Ok(news)
    }

    pub(super) async fn take_over(&mut self, news: &News) -> Result<(), Trouble> {
        let Some(last) = news.events.last() else {
            return Ok(());
        };
        self.mirror.absorb(&news.events, &news.answers).await?;
        self.held = last.position.0;
        raise(&self.wake_up, last.position);
        Ok(())
    }
}

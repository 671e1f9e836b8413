//! Reads the log a page at a time, up to the first event that the log cannot read.

use std::sync::Arc;

use event_store::{EventLog, FeedFilter, FeedPage, Position, Recorded, StoreError};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::error::ProjectorError;
use crate::projection::{FoldError, Projection};

/// Enough to read on while rows are written.
const PAGES_AHEAD: usize = 4;

/// What one transaction folds.
#[derive(Debug)]
pub(crate) struct Page {
    /// Where the log was read from.
    pub(crate) after: Position,
    /// Shared by the projections that read them.
    pub(crate) events: Vec<Arc<Recorded>>,
    /// Everything up to here was looked at, or is one of `events`.
    pub(crate) up_to: Position,
    pub(crate) at_head: bool,
    /// The log has grown since it was read.
    pub(crate) outdated: bool,
    /// The event after `up_to`, which cannot be folded.
    pub(crate) poison: Option<Poison>,
}

#[derive(Debug)]
pub(crate) struct Poison {
    pub(crate) position: Position,
    pub(crate) error: FoldError,
}

impl Page {
    pub(crate) async fn read<P: Projection>(
        log: &dyn EventLog,
        after: Position,
        limit: usize,
    ) -> Result<Self, StoreError> {
        let mut page = Self::read_types(log, after, limit, P::READS).await?;
        page.events.retain(|recorded| P::concerns(recorded));
        Ok(page)
    }

    /// With the events of these aggregate types.
    pub(super) async fn read_types(
        log: &dyn EventLog,
        after: Position,
        mut limit: usize,
        types: &[&str],
    ) -> Result<Self, StoreError> {
        let filter = FeedFilter::only(types);
        loop {
            match log.feed(after, limit, &filter).await {
                Ok(page) => return Ok(Self::of(after, page)),
                // Come as close as can be: what stands before it is folded as usual
                Err(StoreError::Unreadable { .. }) if limit > 1 => limit /= 2,
                Err(StoreError::Unreadable {
                    position, source, ..
                }) => return Ok(Self::unreadable(after, Position(position), source)),
                Err(error) => return Err(error),
            }
        }
    }

    /// What one projection reads of it after a position on it.
    pub(super) fn part<P: Projection>(&self, after: Position) -> Self {
        let concerns = |recorded: &&Arc<Recorded>| {
            recorded.position > after
                && P::READS.contains(&&*recorded.stream.aggregate_type)
                && P::concerns(recorded)
        };
        Self {
            after,
            events: self.events.iter().filter(concerns).cloned().collect(),
            poison: None,
            ..*self
        }
    }

    fn empty(at: Position) -> Self {
        Self {
            after: at,
            outdated: false,
            events: vec![],
            up_to: at,
            at_head: true,
            poison: None,
        }
    }

    fn of(after: Position, fed: FeedPage) -> Self {
        Self {
            up_to: fed.up_to,
            at_head: fed.at_head,
            events: fed.events.into_iter().map(Arc::new).collect(),
            ..Self::empty(after)
        }
    }

    fn unreadable(
        after: Position,
        position: Position,
        source: Box<dyn std::error::Error + Send + Sync>,
    ) -> Self {
        let mut page = Self::empty(after);
        page.stop_at(position, FoldError::Unreadable(source));
        page
    }

    /// Whether the log has more to fold after this page.
    pub(crate) fn goes_on(&self) -> bool {
        !self.at_head && self.poison.is_none()
    }

    /// Cuts the page before an event that cannot be folded.
    pub(crate) fn stop_at(&mut self, position: Position, error: FoldError) {
        self.events.retain(|event| event.position < position);
        self.up_to = Position(position.0.saturating_sub(1));
        self.at_head = false;
        self.poison = Some(Poison { position, error });
    }
}

/// Pages on their way: read while the caller folds and writes those before.
#[derive(Debug)]
pub(crate) struct ReadAhead {
    pages: mpsc::Receiver<Result<Page, StoreError>>,
    reading: JoinHandle<()>,
}

impl ReadAhead {
    /// Reads on until the head of the log, or an event that cannot be folded.
    pub(crate) fn begin<P: Projection>(
        log: &Arc<dyn EventLog>,
        mut after: Position,
        limit: usize,
    ) -> Self {
        let log = log.clone();
        let (sender, pages) = mpsc::channel(PAGES_AHEAD);
        let reading = tokio::spawn(async move {
            loop {
                let page = Page::read::<P>(log.as_ref(), after, limit).await;
                let next = page.as_ref().ok().filter(|page| page.goes_on());
                let next = next.map(|page| page.up_to);
                if sender.send(page).await.is_err() {
                    return;
                }
                match next {
                    Some(up_to) => after = up_to,
                    None => return,
                }
            }
        });
        Self { pages, reading }
    }

    /// `None` after the last one.
    pub(crate) async fn next(&mut self) -> Result<Option<Page>, ProjectorError> {
        match self.pages.recv().await {
            Some(page) => Ok(Some(page?)),
            None => Ok((&mut self.reading).await.map(|()| None)?),
        }
    }
}

impl Drop for ReadAhead {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

//! Reads the log a page at a time, typed, up to the first event that cannot be read.

use std::sync::Arc;

use domain::event::Event;
use event_store::{EventLog, FeedFilter, FeedPage, Position, Recorded, StoreError};

use super::error::ProjectorError;
use crate::projection::{FoldError, Projection};

/// What one transaction folds.
#[derive(Debug)]
pub(crate) struct Page {
    /// Where the log was read from.
    pub(crate) after: Position,
    pub(crate) events: Vec<(Recorded, Event)>,
    /// Everything up to here was looked at, or is one of `events`.
    pub(crate) up_to: Position,
    pub(crate) at_head: bool,
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
        mut limit: usize,
    ) -> Result<Self, StoreError> {
        let filter = FeedFilter::only(P::READS);
        loop {
            match log.feed(after, limit, &filter).await {
                Ok(page) => return Ok(Self::decode(after, page)),
                // Come as close as can be: what stands before it is folded as usual
                Err(StoreError::Unreadable { .. }) if limit > 1 => limit /= 2,
                Err(StoreError::Unreadable {
                    position, source, ..
                }) => return Ok(Self::unreadable(after, Position(position), source)),
                Err(error) => return Err(error),
            }
        }
    }

    fn empty(at: Position) -> Self {
        Self {
            after: at,
            events: vec![],
            up_to: at,
            at_head: true,
            poison: None,
        }
    }

    fn decode(after: Position, fed: FeedPage) -> Self {
        let mut page = Self {
            up_to: fed.up_to,
            at_head: fed.at_head,
            events: Vec::with_capacity(fed.events.len()),
            ..Self::empty(after)
        };
        for recorded in fed.events {
            match recorded.decode() {
                Ok(event) => page.events.push((recorded, event)),
                Err(error) => {
                    page.stop_at(recorded.position, error.into());
                    break;
                }
            }
        }
        page
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

    /// Cuts the page before an event that cannot be folded.
    pub(crate) fn stop_at(&mut self, position: Position, error: FoldError) {
        self.events
            .retain(|(recorded, _)| recorded.position < position);
        self.up_to = Position(position.0.saturating_sub(1));
        self.at_head = false;
        self.poison = Some(Poison { position, error });
    }
}

/// A page on its way.
#[derive(Debug)]
pub(crate) struct ReadAhead(tokio::task::JoinHandle<Result<Page, StoreError>>);

impl ReadAhead {
    /// Reads and decodes a page while the caller writes the one before.
    pub(crate) fn begin<P: Projection>(
        log: &Arc<dyn EventLog>,
        after: Position,
        limit: usize,
    ) -> Self {
        let log = log.clone();
        let read = async move { Page::read::<P>(log.as_ref(), after, limit).await };
        Self(tokio::spawn(read))
    }

    pub(crate) async fn page(mut self) -> Result<Page, ProjectorError> {
        Ok((&mut self.0).await??)
    }
}

impl Drop for ReadAhead {
    fn drop(&mut self) {
        self.0.abort();
    }
}

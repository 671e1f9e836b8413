//! Follows the log from a position on: what is recorded already, then what is recorded next. Readers
//! take pages at their own pace; nothing is kept for them, so nothing can be skipped.

use async_graphql::Result;
use event_store::{FeedFilter, FeedPage, Position, StoreError};
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::watch;

use super::failure::internal;
use super::scalars::Place;
use crate::state::{App, AppState};

const PAGE: usize = 200;

/// From there, or from now on.
pub(super) async fn begin_after(app: &App, after: Option<Place>) -> Result<Position> {
    match after {
        Some(Place(position)) => Ok(position),
        None => app.log.head().await.map_err(internal),
    }
}

/// Every event of the wanted types after a position, once, in commit order, for ever. Pages without
/// an event are left out.
pub(crate) fn follow_pages(
    app: AppState,
    after: Position,
    filter: FeedFilter,
) -> impl Stream<Item = Result<FeedPage, StoreError>> {
    let begin = Follower {
        wake_ups: app.log.wake_ups(),
        app,
        after,
        filter,
        failed: false,
    };
    stream::unfold(begin, |mut follower| async move {
        let page = follower.next().await?;
        Some((page, follower))
    })
}

/// As [`follow_pages`], event by event.
pub(crate) fn follow_log(
    app: AppState,
    after: Position,
    filter: FeedFilter,
) -> impl Stream<Item = Result<event_store::Recorded, StoreError>> {
    follow_pages(app, after, filter).flat_map(|page| match page {
        Ok(page) => stream::iter(page.events.into_iter().map(Ok).collect::<Vec<_>>()),
        Err(error) => stream::iter(vec![Err(error)]),
    })
}

struct Follower {
    app: AppState,
    wake_ups: watch::Receiver<Position>,
    after: Position,
    filter: FeedFilter,
    failed: bool,
}

impl Follower {
    /// `None` once reading failed, or when the log or the server closes.
    async fn next(&mut self) -> Option<Result<FeedPage, StoreError>> {
        if self.failed {
            return None;
        }
        loop {
            // Marked before reading: what is appended from here on wakes us again
            self.wake_ups.borrow_and_update();
            let page = match self.app.log.feed(self.after, PAGE, &self.filter).await {
                Ok(page) => page,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            };
            let at_head = page.at_head;
            // A reader may ask for what is not there yet
            self.after = self.after.max(page.up_to);
            if !page.events.is_empty() {
                return Some(Ok(page));
            }
            if at_head {
                tokio::select! {
                    woken = self.wake_ups.changed() => woken.ok()?,
                    () = self.app.closing.cancelled() => return None,
                }
            }
        }
    }
}

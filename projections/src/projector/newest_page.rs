//! The newest events, read from the log once for all projections that follow it.

use event_store::{EventLog, Position, StoreError};
use tokio::sync::Mutex;

use super::catalogue;
use super::page::Page;
use crate::projection::Projection;

/// The last page that a follower read at the head of the log. Those who stand where it begins, or
/// on it, get their part; the one that stands at its end reads the next.
#[derive(Debug, Default)]
pub(super) struct NewestPage(Mutex<Option<Page>>);

impl NewestPage {
    pub(super) async fn read<P: Projection>(
        &self,
        log: &dyn EventLog,
        after: Position,
        limit: usize,
    ) -> Result<Page, StoreError> {
        // Whoever comes meanwhile waits for this read instead of doing the same
        let mut newest = self.0.lock().await;
        if let Some(page) = newest.as_ref().filter(|page| after < page.up_to) {
            if after < page.after {
                drop(newest);
                return Page::read::<P>(log, after, limit).await;
            }
            return Ok(Page {
                outdated: page.up_to < *log.wake_ups().borrow(),
                ..page.part::<P>(after)
            });
        }
        let page = Page::read_types(log, after, limit, &catalogue::reads()).await?;
        if page.poison.is_some() {
            drop(newest);
            // Whom it concerns finds out alone, the others read past it
            return Page::read::<P>(log, after, limit).await;
        }
        let part = page.part::<P>(after);
        if after < page.up_to {
            *newest = Some(page);
        }
        Ok(part)
    }
}

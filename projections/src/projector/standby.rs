//! Another process folds: this one watches, and takes over when nothing moves any more.

use std::time::Duration;

use event_store::Position;
use tokio::time::Instant;

use super::checkpoint::Checkpoint;
use super::error::ProjectorError;
use super::live::{LOOK_EVERY, Pause};
use super::run::Projector;
use crate::projection::Projection;

/// How often a process that stands by looks, so that its own readers see their writes.
const WATCH_EVERY: Duration = Duration::from_millis(5);
/// Longer than the process that folds takes for a page.
const TAKE_OVER_AFTER: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Standby {
    seen: Position,
    /// Since when it stands there with something to fold.
    stuck_since: Option<Instant>,
}

impl Standby {
    /// When to look again; `None` when it is time to take over.
    pub(super) async fn watch<P: Projection>(
        &mut self,
        projector: &Projector,
    ) -> Result<Option<Pause>, ProjectorError> {
        let checkpoint = Checkpoint::read(&projector.tables, P::NAME).await?;
        projector.tables.progress().note(P::NAME, &checkpoint);
        if checkpoint.position >= projector.log.head().await? {
            self.stuck_since = None;
            return Ok(Some(Pause::UntilNews(LOOK_EVERY)));
        }
        if checkpoint.position != self.seen {
            self.seen = checkpoint.position;
            self.stuck_since = None;
        }
        let since = *self.stuck_since.get_or_insert_with(Instant::now);
        Ok((since.elapsed() < TAKE_OVER_AFTER).then_some(Pause::Exactly(WATCH_EVERY)))
    }
}

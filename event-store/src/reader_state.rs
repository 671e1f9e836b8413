//! What a reader of the feed has made of it so far, saved so that a restart need not read all of it again.
//!
//! Sealed as an aggregate's state is, over the event that stands where the reader was: a state that was
//! edited, or is of another history, is not believed, and the log is read from its beginning.

use serde_json::value::RawValue;
use uuid::Uuid;

use crate::error::StoreError;
use crate::log::{EventLog, FeedFilter, Snapshot};
use crate::recorded::{Position, StreamName};
use crate::sealed_state;

/// What the names of readers' states begin with, in place of an aggregate's type.
pub(crate) const REACTION: &str = "reaction";

/// Who saves what it made of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    pub(crate) name: &'static str,
    /// Changes when the saved state does; an older one is then ignored.
    pub(crate) shape: &'static str,
}

impl Reader {
    /// Which runs there are to be; saves [`domain::wishes::Wishes`].
    pub const EXECUTOR_RUNTIME: Self = Self {
        name: "executor-runtime",
        shape: "5",
    };
    /// What loss guards have measured.
    pub const GUARD_WATCH: Self = Self {
        name: "guard-watch",
        shape: "2",
    };

    pub(crate) const ALL: [Self; 2] = [Self::EXECUTOR_RUNTIME, Self::GUARD_WATCH];

    fn stream(self) -> StreamName {
        StreamName::new(REACTION, self.name)
    }

    /// A saved state that can be believed, and how far its reader had come.
    pub async fn saved(
        self,
        log: &dyn EventLog,
    ) -> Result<Option<(Box<RawValue>, Position)>, StoreError> {
        let stream = self.stream();
        let Some(snapshot) = log.snapshot(&stream, self.shape).await? else {
            return Ok(None);
        };
        let position = Position(snapshot.version);
        let Some(saved) = sealed_state::read(&stream, &snapshot) else {
            tracing::error!(reader = self.name, %position,
                "a saved state is not what was saved: the log is read anew");
            return Ok(None);
        };
        if saved.last_event != event_at(log, position).await? {
            tracing::warn!(reader = self.name, %position,
                "a saved state is of another history: the log is read anew");
            return Ok(None);
        }
        Ok(Some((saved.aggregate, position)))
    }

    /// A state ready to be [saved](Self::save); `last_event` is the [`event_at`] the position. Takes time
    /// where the state is large.
    pub fn seal(
        self,
        (position, last_event): (Position, Uuid),
        state: Box<RawValue>,
    ) -> Result<Snapshot, StoreError> {
        let shape = self.shape.to_owned();
        sealed_state::seal(&self.stream(), shape, position.0, last_event, state)
    }

    pub async fn save(self, log: &dyn EventLog, sealed: Snapshot) -> Result<(), StoreError> {
        log.save_snapshot(&self.stream(), sealed).await
    }
}

/// The id of the event at a position; nil where there is none that can be read.
pub async fn event_at(log: &dyn EventLog, position: Position) -> Result<Uuid, StoreError> {
    let Some(before) = position.0.checked_sub(1) else {
        return Ok(Uuid::nil());
    };
    let filter = FeedFilter::default();
    let events = match log.feed(Position(before), 1, &filter).await {
        Ok(page) => page.events,
        Err(StoreError::Unreadable { .. }) => vec![],
        Err(error) => return Err(error),
    };
    let event = events.first().filter(|event| event.position == position);
    Ok(event.map_or_else(Uuid::nil, |event| event.event_id))
}

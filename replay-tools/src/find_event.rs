//! How people name an event.

use std::fmt;
use std::str::FromStr;

use event_store::{EventLog, FeedFilter, Position, Recorded};
use uuid::Uuid;

/// A position or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventName {
    At(u64),
    Called(Uuid),
}

impl FromStr for EventName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let position = text.parse().map(Self::At);
        position
            .or_else(|_| text.parse().map(Self::Called))
            .map_err(|_| "an event is named by its position (4711) or its id (a UUID)".to_owned())
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(position) => write!(f, "at position {position}"),
            Self::Called(id) => write!(f, "with the id {id}"),
        }
    }
}

impl EventName {
    pub(crate) async fn find(&self, log: &dyn EventLog) -> anyhow::Result<Recorded> {
        let found = match self {
            Self::At(0) => None,
            Self::At(position) => {
                let before = Position(position - 1);
                let page = log.feed(before, 1, &FeedFilter::default()).await?;
                page.events.into_iter().next()
            }
            Self::Called(id) => log.find(*id).await?,
        };
        found.ok_or_else(|| {
            anyhow::anyhow!("there is no event {self}: `strategos-replay log` lists all")
        })
    }
}

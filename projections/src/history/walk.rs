//! Reads the log, or one stream of it, window by window, from either end.

use event_store::{EventLog, FeedFilter, Position, Recorded, StoreError, StreamName};

use super::EventOrder;

const WINDOW: u64 = 500;

/// What is numbered without gaps: all events by position, or those of a stream by version.
#[derive(Debug)]
pub(super) enum Numbered {
    Log,
    Stream(StreamName),
}

/// Numbers still to be looked at: above `after` and below `below`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) after: u64,
    pub(super) below: u64,
}

impl Span {
    pub(super) fn is_empty(self) -> bool {
        self.below <= self.after + 1
    }

    /// Cuts the next window off, at the end that comes first.
    pub(super) fn next_window(&mut self, order: EventOrder) -> Self {
        match order {
            EventOrder::OldestFirst => {
                let below = self.below.min(self.after + WINDOW + 1);
                let window = Self {
                    after: self.after,
                    below,
                };
                self.after = below - 1;
                window
            }
            EventOrder::NewestFirst => {
                let after = self.after.max(self.below.saturating_sub(WINDOW + 1));
                let window = Self {
                    after,
                    below: self.below,
                };
                self.below = after + 1;
                window
            }
        }
    }
}

impl Numbered {
    /// The events of a window, in the order asked for.
    pub(super) async fn read(
        &self,
        log: &dyn EventLog,
        window: Span,
        order: EventOrder,
    ) -> Result<Vec<Recorded>, StoreError> {
        let wanted = usize::try_from(window.below - window.after - 1).unwrap_or(usize::MAX);
        let mut events = match self {
            Self::Log => {
                let all = FeedFilter::default();
                log.feed(Position(window.after), wanted, &all).await?.events
            }
            Self::Stream(stream) => log.load(stream, window.after, wanted).await?,
        };
        if order == EventOrder::NewestFirst {
            events.reverse();
        }
        Ok(events)
    }

    /// The number of an event.
    pub(super) fn of(&self, recorded: &Recorded) -> u64 {
        match self {
            Self::Log => recorded.position.0,
            Self::Stream(_) => recorded.version,
        }
    }
}

//! Which positions one page of the feed looks at.

use crate::log::{FeedFilter, FeedPage};
use crate::recorded::{Position, Recorded};

/// A rare type in a long log: a page looks at so many positions and says how far it came, instead
/// of searching on without an answer.
const MAX_SCANNED: u64 = 100_000;

/// Positions have no gaps and become visible in order, so a range of them is always complete.
#[derive(Debug)]
pub(crate) struct FeedWindow {
    pub(crate) after: u64,
    pub(crate) up_to: u64,
    head: u64,
    limit: usize,
}

impl FeedWindow {
    pub(crate) fn new(after: Position, head: Position, limit: usize, filter: &FeedFilter) -> Self {
        let end = Self::end(after, limit, filter);
        Self {
            after: after.0,
            up_to: head.0.min(end).max(after.0),
            head: head.0,
            limit,
        }
    }

    /// Up to the end of the log.
    pub(crate) fn to_head(after: Position, head: Position, limit: usize) -> Self {
        Self {
            after: after.0,
            up_to: head.0.max(after.0),
            head: head.0,
            limit,
        }
    }

    /// The last position a page looks at, if the log reaches it.
    pub(crate) fn end(after: Position, limit: usize, filter: &FeedFilter) -> u64 {
        let scanned = if filter.aggregate_types.is_empty() {
            limit as u64
        } else {
            MAX_SCANNED
        };
        after.0.saturating_add(scanned)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.limit == 0 || self.up_to == self.after
    }

    pub(crate) fn limit_i64(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX)
    }

    /// `events` are those found in the window, at most `limit`.
    pub(crate) fn page(&self, events: Vec<Recorded>) -> FeedPage {
        let up_to = match events.last() {
            Some(last) if events.len() == self.limit => last.position.0,
            _ if self.limit == 0 => self.after,
            _ => self.up_to,
        };
        FeedPage {
            events,
            up_to: Position(up_to),
            at_head: up_to >= self.head,
        }
    }
}

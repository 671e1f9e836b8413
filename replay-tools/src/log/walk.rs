//! Reads what is asked for, page by page.

use event_store::{
    FeedFilter, FeedPage, Position, Recorded, StoreError, StoredRows, StreamName, position_at,
};
use projections::history::EventFilter;

use super::Log;
use crate::whole::GapWatch;

/// Events per read: bounds memory, whatever the log's length.
const PAGE: usize = 1_000;

/// Where the reading is.
#[derive(Debug)]
pub(super) struct Walk {
    /// One stream, read by version, or all of them, by position.
    stream: Option<StreamName>,
    kinds: FeedFilter,
    filter: EventFilter,
    after: u64,
    /// Nothing behind this position is wanted.
    up_to: u64,
    /// Nothing before this one, where versions are counted.
    behind: u64,
    gaps: GapWatch,
}

impl Walk {
    pub(super) async fn begin(asked: &Log, log: &dyn StoredRows) -> anyhow::Result<Self> {
        let named = asked.stream.as_deref();
        let stream = named.and_then(|name| name.split_once('/'));
        let stream = stream.map(|(kind, id)| StreamName::new(kind, id));
        let kinds = match (&stream, named) {
            (None, Some(kind)) => FeedFilter::only(&[kind]),
            _ => FeedFilter::default(),
        };
        let mut behind = asked.after;
        if let Some(from) = asked.from {
            let before = from - chrono::TimeDelta::microseconds(1);
            behind = behind.max(position_at(log, before).await?.0);
        }
        let mut up_to = asked.up_to.unwrap_or(u64::MAX);
        if let Some(until) = asked.until {
            let before = until - chrono::TimeDelta::microseconds(1);
            up_to = up_to.min(position_at(log, before).await?.0);
        }
        Ok(Self {
            filter: asked.filter(None),
            after: if stream.is_some() { 0 } else { behind },
            stream,
            kinds,
            up_to,
            behind,
            gaps: GapWatch::default(),
        })
    }

    /// The next events that are wanted, perhaps none of a page; `None` where the log ends for now.
    pub(super) async fn next(
        &mut self,
        log: &dyn StoredRows,
    ) -> anyhow::Result<Option<Vec<Recorded>>> {
        let read = if let Some(stream) = self.stream.clone() {
            self.next_of(&stream, log).await?
        } else {
            self.next_of_all(log).await?
        };
        let Some(events) = read else { return Ok(None) };
        let wanted = events.into_iter().filter(|event| self.wants(event));
        Ok(Some(wanted.collect()))
    }

    async fn next_of(
        &mut self,
        stream: &StreamName,
        log: &dyn StoredRows,
    ) -> anyhow::Result<Option<Vec<Recorded>>> {
        let events = log.load(stream, self.after, PAGE).await?;
        let Some(last) = events.last() else {
            return Ok(None);
        };
        let versions = events.iter().map(|event| event.version);
        self.gaps.look_at_versions(self.after, versions);
        self.after = last.version;
        Ok(Some(events))
    }

    async fn next_of_all(&mut self, log: &dyn StoredRows) -> anyhow::Result<Option<Vec<Recorded>>> {
        if self.after >= self.up_to {
            return Ok(None);
        }
        let page = self.page(log).await?;
        if page.up_to.0 == self.after {
            return Ok(None);
        }
        let to = page.up_to.0.min(self.up_to);
        self.gaps.look(log, self.after, to).await?;
        self.after = page.up_to.0;
        Ok(Some(page.events))
    }

    /// As close as can be to a row that cannot be read: what stands before it is printed as usual.
    async fn page(&self, log: &dyn StoredRows) -> anyhow::Result<FeedPage> {
        let mut limit = PAGE;
        loop {
            match log.feed(Position(self.after), limit, &self.kinds).await {
                Err(StoreError::Unreadable { .. }) if limit > 1 => limit /= 2,
                read => return Ok(read?),
            }
        }
    }

    fn wants(&self, event: &Recorded) -> bool {
        let within = event.position.0 > self.behind && event.position.0 <= self.up_to;
        within && self.filter.admits(event)
    }
}

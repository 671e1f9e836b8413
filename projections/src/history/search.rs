//! Finds events. What the log has an order for is looked up; the rest is checked on what is read.

use event_store::{EventLog, Position, StoreError, StreamName, position_at, version_of};

use super::walk::{Numbered, Span};
use super::{EventFilter, Metadated};
use crate::past::PastError;
use crate::projection::FoldError;

/// Events looked at for one page: behind them a page ends though it may be short.
const MOST: u64 = 20_000;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EventOrder {
    #[default]
    NewestFirst,
    OldestFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPage {
    pub order: EventOrder,
    /// The cursor that the page before ended with.
    pub after: Option<u64>,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FoundEvents {
    /// Each with its cursor.
    pub events: Vec<(u64, Metadated)>,
    /// Where to go on, if there is anything more to look at.
    pub next: Option<u64>,
    /// How many there are, where that is known without looking.
    pub total: Option<u64>,
    pub head: Position,
}

/// A cursor is a position, or in one stream a version.
pub async fn search(
    log: &dyn EventLog,
    filter: &EventFilter,
    page: EventPage,
) -> Result<FoundEvents, PastError> {
    let head = log.head().await?;
    let extent = extent(log, filter, head).await?;
    look_through(log, filter, page, head, extent).await
}

/// As [`search`], of one stream, for those who know the log's last position and the stream's last
/// version already.
pub async fn search_stream(
    log: &dyn EventLog,
    stream: StreamName,
    (head, last_version): (Position, u64),
    filter: &EventFilter,
    page: EventPage,
) -> Result<FoundEvents, PastError> {
    let filter = EventFilter {
        stream_types: Some(vec![stream.aggregate_type.clone()]),
        stream_id: Some(stream.aggregate_id.clone()),
        ..filter.clone()
    };
    let extent = extent_of_stream(stream, last_version, &filter);
    look_through(log, &filter, page, head, extent).await
}

async fn look_through(
    log: &dyn EventLog,
    filter: &EventFilter,
    page: EventPage,
    head: Position,
    (numbered, mut span, total): Extent,
) -> Result<FoundEvents, PastError> {
    match (page.order, page.after) {
        (_, None) => {}
        (EventOrder::OldestFirst, Some(after)) => span.after = span.after.max(after),
        (EventOrder::NewestFirst, Some(after)) => span.below = span.below.min(after),
    }
    let mut events = Vec::new();
    let mut looked_at = 0;
    while !span.is_empty() && looked_at < MOST {
        let window = span.next_window(page.order);
        looked_at += window.below - window.after;
        for recorded in numbered.read(log, window, page.order).await? {
            let number = numbered.of(&recorded);
            let Some(found) = filter.admit(recorded).map_err(FoldError::Metadata)? else {
                continue;
            };
            if events.len() == page.limit as usize {
                let next = events.last().map(|(number, _)| *number);
                return Ok(FoundEvents {
                    events,
                    next,
                    total,
                    head,
                });
            }
            events.push((number, found));
        }
    }
    let next = (!span.is_empty()).then_some(match page.order {
        EventOrder::OldestFirst => span.after,
        EventOrder::NewestFirst => span.below,
    });
    Ok(FoundEvents {
        events,
        next,
        total,
        head,
    })
}

/// What there is to look through, and how much of it is wanted if that is all.
type Extent = (Numbered, Span, Option<u64>);

fn extent_of_stream(stream: StreamName, last: u64, filter: &EventFilter) -> Extent {
    let span = Span {
        after: 0,
        below: last + 1,
    };
    let only_stream = EventFilter {
        stream_types: Some(vec![stream.aggregate_type.clone()]),
        stream_id: Some(stream.aggregate_id.clone()),
        ..EventFilter::default()
    };
    let total = (*filter == only_stream).then_some(last);
    (Numbered::Stream(stream), span, total)
}

async fn extent(
    log: &dyn EventLog,
    filter: &EventFilter,
    head: Position,
) -> Result<Extent, StoreError> {
    if let (Some([stream_type]), Some(id)) = (filter.stream_types.as_deref(), &filter.stream_id) {
        let stream = StreamName::new(stream_type, id);
        let last = version_of(log, &stream).await?;
        return Ok(extent_of_stream(stream, last, filter));
    }
    let mut span = Span {
        after: 0,
        below: head.0 + 1,
    };
    if let Some(from) = filter.from {
        // The last moment before it: times are kept to the microsecond
        let before = from - chrono::TimeDelta::microseconds(1);
        span.after = position_at(log, before).await?.0;
    }
    if let Some(until) = filter.until {
        let before = until - chrono::TimeDelta::microseconds(1);
        span.below = position_at(log, before).await?.0 + 1;
    }
    Ok((Numbered::Log, span, filter.is_empty().then_some(head.0)))
}

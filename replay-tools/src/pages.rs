//! The rows of a range of positions, page by page. The next pages are read while one is looked at,
//! and gaps are leapt over.

use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::sync::Arc;

use anyhow::Context;
use event_store::StoredRows;
use futures::{Stream, stream};
use tokio::task::JoinHandle;

use crate::audit::Page;

/// Pages that are read at once: with the rows of a page it bounds memory, whatever the log's length.
const AHEAD: usize = 3;

/// What `read` makes of each page that has rows, from the first position to the last.
pub(crate) fn pages<F>(
    log: Arc<dyn StoredRows>,
    range: RangeInclusive<i64>,
    rows_per_page: i64,
    read: impl Fn(RangeInclusive<i64>) -> F,
) -> impl Stream<Item = anyhow::Result<Page>>
where
    F: Future<Output = anyhow::Result<Page>> + Send + 'static,
{
    let (first, last) = range.into_inner();
    let walk = Walk {
        last,
        rows_per_page,
        seek: Some(first),
        next: None,
        pending: VecDeque::new(),
    };
    stream::try_unfold((walk, log, read), move |(mut walk, log, read)| async move {
        loop {
            if let Some(from) = walk.seek.take() {
                walk.pending.clear();
                walk.next = log.next_position(from).await?;
            }
            walk.read_ahead(&read);
            let Some((first, page)) = walk.pending.pop_front() else {
                return Ok(None);
            };
            let rows = page.await;
            let rows =
                rows.with_context(|| format!("rows from position {first} on cannot be read"))??;
            if rows.is_empty() {
                walk.seek = Some(first);
            } else {
                return Ok(Some((rows, (walk, log, read))));
            }
        }
    })
}

struct Walk {
    last: i64,
    rows_per_page: i64,
    /// The first position there is from this one on is to be looked up.
    seek: Option<i64>,
    /// Where the page behind those that are pending begins.
    next: Option<i64>,
    /// With where they begin.
    pending: VecDeque<(i64, JoinHandle<anyhow::Result<Page>>)>,
}

impl Walk {
    fn read_ahead<F>(&mut self, read: &impl Fn(RangeInclusive<i64>) -> F)
    where
        F: Future<Output = anyhow::Result<Page>> + Send + 'static,
    {
        while self.pending.len() < AHEAD
            && let Some(first) = self.next.filter(|first| *first <= self.last)
        {
            let to = self.last.min(first.saturating_add(self.rows_per_page - 1));
            self.pending
                .push_back((first, tokio::spawn(read(first..=to))));
            self.next = to.checked_add(1);
        }
    }
}

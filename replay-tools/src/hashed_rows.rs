//! All rows of a log with the hashes of their canonical bytes, in position order.

use std::sync::Arc;

use anyhow::Context;
use event_store::{StoredRow, StoredRows, canonical_bytes};
use futures::{Stream, TryStreamExt, stream};

use crate::merkle::{Hash, leaf_hash};

/// Rows per read: with [`AHEAD`] it bounds memory, whatever the log's length.
const PAGE: i64 = 1_000;
/// Pages that are read and hashed at once.
const AHEAD: usize = 3;

#[derive(Debug)]
pub(crate) struct HashedRow {
    pub(crate) row: StoredRow,
    /// `None` where the row holds no event.
    pub(crate) leaf: Option<Hash>,
}

/// All rows up to `last`, whatever their positions.
pub(crate) fn hashed_rows(
    log: Arc<dyn StoredRows>,
    last: i64,
) -> impl Stream<Item = anyhow::Result<Vec<HashedRow>>> {
    hashed_rows_between(log, i64::MIN, last)
}

/// The rows in a range, both ends included, page by page. The next pages are read and hashed while
/// one is looked at.
pub(crate) fn hashed_rows_between(
    log: Arc<dyn StoredRows>,
    first: i64,
    last: i64,
) -> impl Stream<Item = anyhow::Result<Vec<HashedRow>>> {
    page_beginnings(log.clone(), first, last)
        .map_ok(move |first| {
            let log = log.clone();
            let to = last.min(first.saturating_add(PAGE - 1));
            let page = tokio::spawn(async move {
                let rows = log.rows(first, to).await?;
                anyhow::Ok(rows.into_iter().map(hashed).collect())
            });
            async move {
                let read = page.await;
                read.with_context(|| format!("rows from position {first} on cannot be read"))?
            }
        })
        .try_buffered(AHEAD)
}

/// Looked up, so that a row far behind the others does not mean reading through the gap.
fn page_beginnings(
    log: Arc<dyn StoredRows>,
    first: i64,
    last: i64,
) -> impl Stream<Item = anyhow::Result<i64>> {
    stream::try_unfold(Some(first), move |from| {
        let log = log.clone();
        async move {
            let Some(from) = from else { return Ok(None) };
            let first = log.next_position(from).await?;
            let first = first.filter(|first| *first <= last);
            Ok(first.map(|first| (first, first.checked_add(PAGE))))
        }
    })
}

fn hashed(row: StoredRow) -> HashedRow {
    let leaf = row.as_ref().ok();
    let leaf = leaf.map(|event| leaf_hash(&canonical_bytes(event)));
    HashedRow { row, leaf }
}

//! All rows of a log with the hashes of their canonical bytes, in position order.

use std::ops::RangeInclusive;
use std::sync::Arc;

use event_store::{StoredRow, StoredRows, canonical_bytes};
use futures::Stream;

use crate::merkle::{Hash, leaf_hash};
use crate::pages::pages;

/// With their texts.
const PAGE: i64 = 1_000;

#[derive(Debug)]
pub(crate) struct HashedRow {
    pub(crate) row: StoredRow,
    /// `None` where the row holds no event.
    pub(crate) leaf: Option<Hash>,
}

/// Page by page.
pub(crate) fn hashed_rows(
    log: Arc<dyn StoredRows>,
    range: RangeInclusive<i64>,
) -> impl Stream<Item = anyhow::Result<Vec<HashedRow>>> {
    let source = log.clone();
    pages(log, range, PAGE, move |page| {
        let log = source.clone();
        async move {
            let rows = log.rows(*page.start(), *page.end()).await?;
            Ok(rows.into_iter().map(hashed).collect())
        }
    })
}

fn hashed(row: StoredRow) -> HashedRow {
    let leaf = row.as_ref().ok();
    let leaf = leaf.map(|event| leaf_hash(&canonical_bytes(event)));
    HashedRow { row, leaf }
}

//! A row as the pass looks at it: without its texts, unless somebody has to look at them.

use std::ops::RangeInclusive;
use std::sync::Arc;

use event_store::{Digesting, Recorded, RowDigest, StoredRow, StoredRows, UnreadableRow};
use futures::Stream;

use crate::merkle::Hash;
use crate::pages::pages;

/// A row without its texts is small.
const PAGE: i64 = 8_000;
const PAGE_WITH_TEXTS: i64 = 1_000;

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) digest: Result<RowDigest, UnreadableRow>,
    /// `None` where it was not read, and where the row holds no event.
    pub(crate) event: Option<Box<Recorded>>,
}

impl Row {
    pub(crate) fn position(&self) -> i64 {
        match &self.digest {
            Ok(digest) => digest.position,
            Err(unreadable) => unreadable.position,
        }
    }

    /// `None` where the row holds no event.
    pub(crate) fn leaf(&self) -> Option<Hash> {
        self.digest.as_ref().ok().map(|digest| digest.leaf)
    }
}

impl Row {
    fn with_text(row: StoredRow, how: &Digesting) -> Self {
        match row {
            Ok(event) => Self {
                digest: Ok(how.digest_of(&event)),
                event: Some(Box::new(event)),
            },
            Err(unreadable) => Self::without_text(Err(unreadable)),
        }
    }

    fn without_text(digest: Result<RowDigest, UnreadableRow>) -> Self {
        Self {
            digest,
            event: None,
        }
    }
}

/// Page by page, in position order.
pub(crate) fn rows(
    log: Arc<dyn StoredRows>,
    range: RangeInclusive<i64>,
    how: Digesting,
) -> impl Stream<Item = anyhow::Result<Vec<Row>>> {
    let source = log.clone();
    pages(log, range, PAGE, move |page| {
        let (log, how) = (source.clone(), how.clone());
        async move {
            let rows = log.digests(*page.start(), *page.end(), &how).await?;
            Ok(rows.into_iter().map(Row::without_text).collect())
        }
    })
}

/// The same rows with their texts.
pub(crate) fn rows_with_texts(
    log: Arc<dyn StoredRows>,
    range: RangeInclusive<i64>,
    how: Digesting,
) -> impl Stream<Item = anyhow::Result<Vec<Row>>> {
    let source = log.clone();
    pages(log, range, PAGE_WITH_TEXTS, move |page| {
        let (log, how) = (source.clone(), how.clone());
        async move {
            let rows = log.rows(*page.start(), *page.end()).await?;
            let row = |row| Row::with_text(row, &how);
            Ok(rows.into_iter().map(row).collect())
        }
    })
}

/// Reads what a page was read without.
pub(super) async fn read_texts(log: &dyn StoredRows, page: &mut [Row]) -> anyhow::Result<()> {
    let (Some(first), Some(last)) = (page.first(), page.last()) else {
        return Ok(());
    };
    let stored = log.rows(first.position(), last.position()).await?;
    for (row, stored) in page.iter_mut().zip(stored) {
        row.event = stored.ok().map(Box::new);
    }
    Ok(())
}

//! Rows as a pass looks at them: without their texts, unless somebody has to look at those.

use std::ops::RangeInclusive;
use std::sync::Arc;

use event_store::{Digesting, Recorded, RowDigest, StoredRow, StoredRows, UnreadableRow};
use futures::Stream;

use crate::merkle::Hash;
use crate::pages::pages;

/// A row without its texts is small.
const PAGE: i64 = 8_000;
const PAGE_WITH_TEXTS: i64 = 1_000;

/// What a row comes to, or why it holds no event.
type Digest = Result<RowDigest, UnreadableRow>;

/// Neighbouring rows, as they were read at once.
#[derive(Debug, Default)]
pub(crate) struct Page {
    digests: Vec<Digest>,
    /// Of the same rows; empty where they were not read.
    texts: Vec<StoredRow>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) digest: &'a Digest,
    /// `None` where it was not read, and where the row holds no event.
    pub(crate) event: Option<&'a Recorded>,
}

impl Row<'_> {
    pub(crate) fn position(&self) -> i64 {
        match self.digest {
            Ok(digest) => digest.position,
            Err(unreadable) => unreadable.position,
        }
    }

    /// `None` where the row holds no event.
    pub(crate) fn leaf(&self) -> Option<Hash> {
        self.digest.as_ref().ok().map(|digest| digest.leaf)
    }
}

impl Page {
    fn with_texts(texts: Vec<StoredRow>, how: &Digesting) -> Self {
        let digest = |row: &StoredRow| match row {
            Ok(event) => Ok(how.digest_of(event)),
            Err(unreadable) => Err(unreadable.clone()),
        };
        Self {
            digests: texts.iter().map(digest).collect(),
            texts,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.digests.len()
    }

    pub(crate) fn row(&self, index: usize) -> Row<'_> {
        Row {
            digest: &self.digests[index],
            event: self.texts.get(index).and_then(|row| row.as_ref().ok()),
        }
    }

    pub(super) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    /// Reads what the page was read without.
    pub(super) async fn read_texts(&mut self, log: &dyn StoredRows) -> anyhow::Result<()> {
        if !self.is_empty() {
            let (first, last) = (self.row(0), self.row(self.len() - 1));
            self.texts = log.rows(first.position(), last.position()).await?;
        }
        Ok(())
    }

    /// What rows that were read with their texts hold, in order; `None` for one that holds no event.
    pub(crate) fn into_events(self) -> impl Iterator<Item = Option<(Hash, Recorded)>> {
        let rows = self.digests.into_iter().zip(self.texts);
        rows.map(|(digest, event)| Some((digest.ok()?.leaf, event.ok()?)))
    }
}

/// Page by page, in position order.
pub(crate) fn rows(
    log: Arc<dyn StoredRows>,
    range: RangeInclusive<i64>,
    how: Digesting,
) -> impl Stream<Item = anyhow::Result<Page>> {
    let source = log.clone();
    pages(log, range, PAGE, move |page| {
        let (log, how) = (source.clone(), how.clone());
        async move {
            let digests = log.digests(*page.start(), *page.end(), &how).await?;
            let texts = vec![];
            Ok(Page { digests, texts })
        }
    })
}

/// The same rows with their texts.
pub(crate) fn rows_with_texts(
    log: Arc<dyn StoredRows>,
    range: RangeInclusive<i64>,
    how: Digesting,
) -> impl Stream<Item = anyhow::Result<Page>> {
    let source = log.clone();
    pages(log, range, PAGE_WITH_TEXTS, move |page| {
        let (log, how) = (source.clone(), how.clone());
        async move {
            let rows = log.rows(*page.start(), *page.end()).await?;
            Ok(Page::with_texts(rows, &how))
        }
    })
}

//! Reads every row once: order, hashes, the tree's root at each size that somebody signed.

use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::sync::Arc;

use event_store::{DeclaredHead, Digesting, Extent, StoredRows};
use futures::{Stream, TryStreamExt};

use super::attested::Attested;
use super::order::Order;
use super::row::{Page, rows, rows_with_texts};
use super::{Answers, Findings, Leaves, Row};
use crate::merkle::{Frontier, Hash, base64, leaf_hash};
use crate::outcome::Outcome;

/// What a checkpoint says of the log.
#[derive(Debug, Clone)]
pub(crate) struct SignedRoot {
    /// How people find the checkpoint again.
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) root: Hash,
}

/// The pass, and what it has come to.
#[derive(Debug)]
pub(crate) struct Pass {
    how: Digesting,
    order: Order,
    pub(crate) tree: Frontier,
    /// By size.
    signed_roots: Vec<SignedRoot>,
    kept: Vec<SignedRoot>,
    attested: Option<Attested>,
    pub(crate) findings: Findings,
}

impl Pass {
    pub(crate) fn new(mut signed_roots: Vec<SignedRoot>, leaves: Option<Leaves>) -> Self {
        signed_roots.sort_by_key(|signed_root| signed_root.size);
        signed_roots.reverse();
        Self {
            how: Digesting::by(leaf_hash),
            order: Order::new(),
            tree: Frontier::default(),
            attested: leaves.map(|leaves| Attested::new(leaves, signed_roots.clone())),
            signed_roots,
            kept: vec![],
            findings: Findings::default(),
        }
    }

    /// `each` is told of every row, in order, mostly without its texts.
    pub(crate) async fn over(
        &mut self,
        log: Arc<dyn StoredRows>,
        each: &mut dyn FnMut(Row<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let extent = log.extent().await?;
        let pages = rows(log.clone(), all_of(extent), self.how.clone());
        self.check_all(log, pages, each).await?;
        self.finish(extent)
    }

    /// The same, and every event is held against the answers to idempotency keys.
    pub(crate) async fn with_answers(
        &mut self,
        log: Arc<dyn StoredRows>,
        answers: &mut Answers,
    ) -> anyhow::Result<()> {
        let extent = log.extent().await?;
        let pages = rows_with_texts(log.clone(), all_of(extent), self.how.clone());
        let mut each = |row: Row<'_>| {
            answers.check(row);
            Ok(())
        };
        self.check_all(log, pages, &mut each).await?;
        self.finish(extent)
    }

    async fn check_all(
        &mut self,
        log: Arc<dyn StoredRows>,
        pages: impl Stream<Item = anyhow::Result<Page>>,
        each: &mut dyn FnMut(Row<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.compare_roots();
        let mut pages = std::pin::pin!(pages);
        while let Some(mut page) = pages.try_next().await? {
            for index in 0..page.len() {
                if !page.has_texts() && self.wants_texts(page.row(index))? {
                    page.read_texts(log.as_ref()).await?;
                }
                self.check(page.row(index))?;
                each(page.row(index))?;
            }
        }
        Ok(())
    }

    fn wants_texts(&mut self, row: Row<'_>) -> anyhow::Result<bool> {
        Ok(self.order.wants_name(row)
            || match &mut self.attested {
                Some(attested) => attested.wants_texts(row)?,
                None => false,
            })
    }

    fn finish(&mut self, extent: Extent) -> anyhow::Result<()> {
        if let Some(attested) = &mut self.attested {
            attested.finish();
        }
        self.miss_roots();
        let intact = self.kept.last().map_or(0, |kept| kept.size);
        if let Some(attested) = &mut self.attested {
            attested.tell(intact, &mut self.findings)?;
        }
        self.check_head(extent);
        Ok(())
    }

    fn check_head(&mut self, extent: Extent) {
        let last = extent.positions.map_or(0, |(_, last)| last);
        match extent.declared_head {
            DeclaredHead::NotKept => {}
            DeclaredHead::Missing => self.findings.add(
                "the row that says where the log ends (log_head) is gone: readers see nothing and nothing can be recorded".to_owned(),
            ),
            DeclaredHead::At(head) if head == last => {}
            DeclaredHead::At(head) => self.findings.add(format!(
                "the database says that the log ends at position {head}, but the last row is at {last}"
            )),
        }
    }

    /// What was found to hold, and what was not.
    pub(crate) fn print(&self, out: &mut dyn Write) -> io::Result<Outcome> {
        for signed_root in &self.kept {
            writeln!(
                out,
                "ok      {}: the log's first {} events have the root that was signed",
                signed_root.name, signed_root.size
            )?;
        }
        self.findings.print(out)?;
        Ok(Outcome::of(self.findings.is_empty()))
    }

    pub(crate) fn print_size(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{} events in {} streams, positions 1 to {}, root {}",
            self.order.events,
            self.order.streams(),
            self.order.last_position,
            base64(&self.tree.root())
        )
    }

    fn check(&mut self, row: Row<'_>) -> anyhow::Result<()> {
        self.order.check(row, &mut self.findings);
        if let Some(attested) = &mut self.attested {
            attested.check(row)?;
        }
        // A row in front of the first is no part of the log: whoever checks the order tells of it
        if row.position() >= 1 {
            self.tree.push(row.leaf().unwrap_or_default());
            self.compare_roots();
        }
        Ok(())
    }

    /// Compares the root wherever the tree has just reached a signed size.
    fn compare_roots(&mut self) {
        while let Some(signed_root) = self.signed_roots.last()
            && signed_root.size == self.tree.size()
        {
            let kept = signed_root.root == self.tree.root();
            let Some(signed_root) = self.signed_roots.pop() else {
                return;
            };
            if kept {
                self.kept.push(signed_root);
                continue;
            }
            let since = self.kept.last().map_or(0, |kept| kept.size) + 1;
            // With leaf hashes the very positions are told
            let roughly = match self.attested {
                Some(_) => String::new(),
                None => format!(
                    "; what was altered is at positions {since} to {}",
                    signed_root.size
                ),
            };
            self.findings.add(format!(
                "{}: the log's first {} events have another root than was signed{roughly}",
                signed_root.name, signed_root.size
            ));
        }
    }

    /// The log has ended before these were reached.
    fn miss_roots(&mut self) {
        while let Some(signed_root) = self.signed_roots.pop() {
            self.findings.add(format!(
                "{}: {} events were signed, but the log has only {}",
                signed_root.name,
                signed_root.size,
                self.tree.size()
            ));
        }
    }
}

fn all_of(extent: Extent) -> RangeInclusive<i64> {
    i64::MIN..=extent.positions.map_or(i64::MIN, |(_, last)| last)
}

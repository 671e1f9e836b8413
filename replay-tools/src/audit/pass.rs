//! Reads every row once: order, hashes, the tree's root at each size that somebody signed.

use std::io::{self, Write};
use std::sync::Arc;

use event_store::{DeclaredHead, Extent, StoredRows};
use futures::TryStreamExt;

use super::attested::Attested;
use super::order::Order;
use super::{Findings, Leaves};
use crate::hashed_rows::{HashedRow, hashed_rows};
use crate::merkle::{Frontier, Hash, base64};
use crate::outcome::Outcome;

/// What a checkpoint says of the log.
#[derive(Debug, Clone)]
pub(crate) struct Promise {
    /// How people find the checkpoint again.
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) root: Hash,
}

/// The pass, and what it has come to.
#[derive(Debug)]
pub(crate) struct Pass {
    order: Order,
    pub(crate) tree: Frontier,
    /// By size.
    promises: Vec<Promise>,
    kept: Vec<Promise>,
    attested: Option<Attested>,
    pub(crate) findings: Findings,
}

impl Pass {
    pub(crate) fn new(mut promises: Vec<Promise>, leaves: Option<Leaves>) -> Self {
        promises.sort_by_key(|promise| promise.size);
        promises.reverse();
        Self {
            order: Order::new(),
            tree: Frontier::default(),
            attested: leaves.map(|leaves| Attested::new(leaves, promises.clone())),
            promises,
            kept: vec![],
            findings: Findings::default(),
        }
    }

    /// `each` is told of every row's leaf hash, in order.
    pub(crate) async fn over(
        &mut self,
        log: Arc<dyn StoredRows>,
        each: &mut dyn FnMut(&HashedRow) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let extent = log.extent().await?;
        self.keep_promises();
        if let Some((_, last)) = extent.positions {
            let mut pages = std::pin::pin!(hashed_rows(log, last));
            while let Some(page) = pages.try_next().await? {
                for row in &page {
                    self.check(row)?;
                    each(row)?;
                }
            }
        }
        if let Some(attested) = &mut self.attested {
            attested.finish();
        }
        self.break_promises();
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
        for promise in &self.kept {
            writeln!(
                out,
                "ok      {}: the log's first {} events have the root that was signed",
                promise.name, promise.size
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

    fn check(&mut self, row: &HashedRow) -> anyhow::Result<()> {
        self.order.check(&row.row, &mut self.findings);
        if let Some(attested) = &mut self.attested {
            attested.check(row)?;
        }
        // A row in front of the first is no part of the log: whoever checks the order tells of it
        if is_of_the_log(row) {
            self.tree.push(row.leaf.unwrap_or_default());
            self.keep_promises();
        }
        Ok(())
    }

    /// Compares the root wherever the tree has just reached a signed size.
    fn keep_promises(&mut self) {
        while let Some(promise) = self.promises.last()
            && promise.size == self.tree.size()
        {
            let kept = promise.root == self.tree.root();
            let Some(promise) = self.promises.pop() else {
                return;
            };
            if kept {
                self.kept.push(promise);
                continue;
            }
            let since = self.kept.last().map_or(0, |kept| kept.size) + 1;
            // With leaf hashes the very positions are told
            let roughly = match self.attested {
                Some(_) => String::new(),
                None => format!(
                    "; what was altered is at positions {since} to {}",
                    promise.size
                ),
            };
            self.findings.add(format!(
                "{}: the log's first {} events have another root than was signed{roughly}",
                promise.name, promise.size
            ));
        }
    }

    /// The log has ended before these were reached.
    fn break_promises(&mut self) {
        while let Some(promise) = self.promises.pop() {
            self.findings.add(format!(
                "{}: {} events were signed, but the log has only {}",
                promise.name,
                promise.size,
                self.tree.size()
            ));
        }
    }
}

fn is_of_the_log(row: &HashedRow) -> bool {
    let position = match &row.row {
        Ok(event) => event.position.0.cast_signed(),
        Err(unreadable) => unreadable.position,
    };
    position >= 1
}

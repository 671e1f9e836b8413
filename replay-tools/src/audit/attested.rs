//! Rows held against the leaf hashes that were written down when they were signed.

use event_store::{Position, Recorded, canonical_bytes};

use super::{Findings, Leaves, Promise};
use crate::hashed_rows::HashedRow;
use crate::merkle::{Frontier, Hash, leaf_hash};

/// Finds the very positions at which the log is no longer what it was.
#[derive(Debug)]
pub(super) struct Attested {
    leaves: Leaves,
    /// Of the leaf hashes themselves: they are believed where a checkpoint has the same root.
    tree: Frontier,
    /// By size, the largest first.
    promises: Vec<Promise>,
    run: Option<Run>,
}

/// Neighbouring rows that are not those written down.
#[derive(Debug)]
struct Run {
    first: u64,
    last: u64,
    /// Of these, so many stood one position higher, and so many one lower.
    were_higher: u64,
    were_lower: u64,
}

impl Attested {
    /// The promises are sorted by size, the largest first.
    pub(super) fn new(leaves: Leaves, promises: Vec<Promise>) -> Self {
        Self {
            leaves,
            promises,
            tree: Frontier::default(),
            run: None,
        }
    }

    pub(super) fn check(&mut self, row: &HashedRow, findings: &mut Findings) -> anyhow::Result<()> {
        let position = match &row.row {
            Ok(event) => event.position.0,
            Err(unreadable) => unreadable.position.cast_unsigned(),
        };
        // Rows outside the order are told of by whoever checks the order
        if position.cast_signed() <= self.leaves.position().cast_signed() {
            return Ok(());
        }
        while self.leaves.position() + 1 < position.min(self.leaves.count + 1) {
            self.step(findings)?;
            self.end_run(findings);
            let gone = self.leaves.position();
            findings.add(format!("the event that was at position {gone} is gone"));
        }
        if position > self.leaves.count {
            return Ok(());
        }
        self.step(findings)?;
        if row.leaf == self.leaves.current {
            self.end_run(findings);
        } else {
            self.extend_run(row.row.as_ref().ok(), position);
        }
        Ok(())
    }

    /// After the last row.
    pub(super) fn finish(&mut self, findings: &mut Findings) -> anyhow::Result<()> {
        self.end_run(findings);
        let from = self.leaves.position() + 1;
        let to = self.leaves.count;
        if from == to {
            findings.add(format!(
                "the event that was at position {to}, the last, is gone"
            ));
        } else if from < to {
            findings.add(format!(
                "the events that were at positions {from} to {to}, the last, are gone"
            ));
        }
        while self.leaves.position() < self.leaves.count {
            self.step(findings)?;
        }
        Ok(())
    }

    fn step(&mut self, findings: &mut Findings) -> anyhow::Result<()> {
        self.leaves.step()?;
        if let Some(leaf) = self.leaves.current {
            self.tree.push(leaf);
        }
        while self
            .promises
            .last()
            .is_some_and(|promise| promise.size <= self.tree.size())
        {
            if let Some(promise) = self.promises.pop()
                && promise.size == self.tree.size()
                && promise.root != self.tree.root()
            {
                findings.add(format!(
                    "{}: the leaf hashes beside it are not those it was signed over, so the positions they point at are not proven",
                    promise.name
                ));
            }
        }
        Ok(())
    }

    fn extend_run(&mut self, event: Option<&Recorded>, position: u64) {
        let was = |at: u64, leaf: Option<Hash>| {
            let moved = event.map(|event| leaf_as_at(event, at));
            u64::from(moved.is_some() && moved == leaf)
        };
        let were_higher = was(position + 1, self.leaves.next);
        let were_lower = was(position - 1, self.leaves.previous);
        let run = self.run.get_or_insert(Run {
            first: position,
            last: position,
            were_higher: 0,
            were_lower: 0,
        });
        run.last = position;
        run.were_higher += were_higher;
        run.were_lower += were_lower;
    }

    fn end_run(&mut self, findings: &mut Findings) {
        if let Some(run) = self.run.take() {
            findings.add(run.told());
        }
    }
}

impl Run {
    fn told(&self) -> String {
        let Self { first, last, .. } = self;
        let length = last - first + 1;
        if first == last {
            return format!("the event at position {first} is not the one that was signed");
        }
        if length == 2 && self.were_higher == 1 && self.were_lower == 1 {
            return format!("the events at positions {first} and {last} have changed places");
        }
        let which =
            format!("the events at positions {first} to {last} are not those that were signed");
        if self.were_higher * 2 > length {
            format!("{which}: the one at position {first} was removed and those behind it moved up")
        } else if self.were_lower * 2 > length {
            format!("{which}: one was inserted at position {first} and those behind it moved down")
        } else {
            which
        }
    }
}

fn leaf_as_at(event: &Recorded, position: u64) -> Hash {
    let moved = Recorded {
        position: Position(position),
        ..event.clone()
    };
    leaf_hash(&canonical_bytes(&moved))
}

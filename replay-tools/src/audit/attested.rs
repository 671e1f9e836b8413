//! Rows held against the leaf hashes that were written down when they were signed.

use std::collections::HashMap;

use event_store::{Position, Recorded, StreamName, canonical_bytes};

use super::break_in_order::{Break, Stranger};
use super::{Findings, Leaves, Row, SignedRoot};
use crate::merkle::{Frontier, Hash, leaf_hash};

/// How far an event is looked for from where it should stand.
const WINDOW: i64 = 64;
/// Rows behind one another that nothing is known of: of more, only every so many-th is looked for.
const LOOKED_FOR: usize = 64;

/// Finds the very positions at which the log is no longer what it was.
#[derive(Debug)]
pub(super) struct Attested {
    leaves: Leaves,
    /// By size, the largest first.
    signed_roots: Vec<SignedRoot>,
    /// What stands at a position stood so much higher when it was signed.
    offset: i64,
    /// Something in front moved the rows, so streams may count on also where the offset is zero again.
    moved: bool,
    /// The same of the versions of streams.
    version_offsets: HashMap<StreamName, i64>,
    last_position: i64,
    /// Neighbouring rows that are not those expected.
    strangers: Vec<Stranger>,
    /// By position.
    found: Vec<(u64, String)>,
}

impl Attested {
    /// The roots are sorted by size, the largest first.
    pub(super) fn new(leaves: Leaves, signed_roots: Vec<SignedRoot>) -> Self {
        Self {
            leaves,
            signed_roots,
            offset: 0,
            moved: false,
            version_offsets: HashMap::new(),
            last_position: 0,
            strangers: vec![],
            found: vec![],
        }
    }

    /// Whether the row is not just the one expected, so that its texts have to be looked at.
    pub(super) fn wants_texts(&mut self, row: Row<'_>) -> anyhow::Result<bool> {
        if self.offset != 0 || !self.strangers.is_empty() {
            return Ok(true);
        }
        let expected = self.leaves.at(row.position())?;
        Ok(expected.is_some() && expected != row.leaf())
    }

    pub(super) fn check(&mut self, row: Row<'_>) -> anyhow::Result<()> {
        let position = row.position();
        // Rows outside the order are told of by whoever checks the order
        if position <= self.last_position {
            return Ok(());
        }
        let count = self.leaves.count.cast_signed();
        let skipped_to = (position - 1).min(count - self.offset);
        if skipped_to > self.last_position {
            self.settle_here();
            self.tell_gone(
                self.last_position + 1 + self.offset,
                skipped_to + self.offset,
            );
        }
        self.last_position = position;
        let event = row.event;
        if position + self.offset > count {
            return self.check_behind(event, position);
        }
        if self.is_expected(event, row.leaf(), position)? {
            self.settle_here();
            return Ok(());
        }
        let look = self.strangers.len();
        let was = match event {
            Some(event) if look < LOOKED_FOR || look.is_multiple_of(LOOKED_FOR) => {
                self.find(event, position)?
            }
            _ => None,
        };
        self.strangers.push(Stranger { position, was });
        self.settle_if_moved();
        Ok(())
    }

    /// Behind what was signed; but rows in front of it may have been pushed there.
    fn check_behind(&mut self, event: Option<&Recorded>, position: i64) -> anyhow::Result<()> {
        if self.strangers.is_empty() {
            return Ok(());
        }
        let was = event.map(|event| self.find(event, position)).transpose()?;
        let was = was.flatten();
        if was.is_some() {
            self.strangers.push(Stranger { position, was });
            self.settle_if_moved();
        } else {
            self.settle_here();
        }
        Ok(())
    }

    /// After the last row.
    pub(super) fn finish(&mut self) {
        // What stands alone at the end moved as the rows behind it would have
        if let Some(Stranger {
            position,
            was: Some(was),
        }) = self.strangers.last().copied()
            && self.strangers.iter().all(|other| {
                other.position == position || other.was.is_none_or(|other| other < was)
            })
        {
            self.settle_moved(self.strangers.len() - 1, was - position);
        }
        self.settle_here();
        let from = (self.last_position + 1 + self.offset).max(1);
        let to = self.leaves.count.cast_signed();
        if from == to {
            let finding = format!("the event that was at position {to}, the last, is gone");
            self.add(from, finding);
        } else if from < to {
            let finding =
                format!("the events that were at positions {from} to {to}, the last, are gone");
            self.add(from, finding);
        }
    }

    /// What was found, without what is proven to be as it was by the root of as many rows.
    pub(super) fn tell(&mut self, intact: u64, findings: &mut Findings) -> anyhow::Result<()> {
        for (position, finding) in self.found.drain(..) {
            if position > intact {
                findings.add(finding);
            }
        }
        self.hold_leaves_to_promises(findings)
    }

    /// The leaf hashes themselves: they are believed where a checkpoint has the same root.
    fn hold_leaves_to_promises(&mut self, findings: &mut Findings) -> anyhow::Result<()> {
        let mut tree = Frontier::default();
        while let Some(signed_root) = self.signed_roots.pop() {
            if signed_root.size > self.leaves.count {
                findings.add(format!(
                    "{}: of the {} leaf hashes it was signed over only {} are beside it, so what is behind them is not located; checkpoint writes them anew where the log is what was signed",
                    signed_root.name, signed_root.size, self.leaves.count
                ));
                return Ok(());
            }
            while tree.size() < signed_root.size {
                let next = (tree.size() + 1).cast_signed();
                tree.push(self.leaves.at(next)?.unwrap_or_default());
            }
            if signed_root.root != tree.root() {
                findings.add(format!(
                    "{}: the leaf hashes beside it are not those it was signed over, so the positions they point at are not proven",
                    signed_root.name
                ));
            }
        }
        Ok(())
    }

    fn is_expected(
        &mut self,
        event: Option<&Recorded>,
        leaf: Option<Hash>,
        position: i64,
    ) -> anyhow::Result<bool> {
        let expected = self.leaves.at(position + self.offset)?;
        if self.offset == 0 && leaf.is_some() && leaf == expected {
            return Ok(true);
        }
        Ok(match (event, expected) {
            (Some(event), Some(expected)) if self.moved => {
                self.was(event, position + self.offset, &expected)
            }
            _ => false,
        })
    }

    /// Whether this event is what stood there, perhaps under another version of its stream: whoever
    /// removes an event of a stream may count on.
    fn was(&mut self, event: &Recorded, position: i64, leaf: &Hash) -> bool {
        let known = self.version_offsets.get(&event.stream).copied();
        let known = known.unwrap_or_default();
        for version in [known, known + 1, known - 1] {
            if leaf_as_at(event, position, version) == *leaf {
                if version != known {
                    self.version_offsets.insert(event.stream.clone(), version);
                }
                return true;
            }
        }
        false
    }

    /// Where the event stood, if that is near.
    fn find(&mut self, event: &Recorded, position: i64) -> anyhow::Result<Option<i64>> {
        let expected = position + self.offset;
        for distance in 1..=WINDOW {
            for candidate in [expected + distance, expected - distance] {
                if let Some(leaf) = self.leaves.at(candidate)?
                    && self.was(event, candidate, &leaf)
                {
                    return Ok(Some(candidate));
                }
            }
        }
        Ok(None)
    }

    /// Two rows that moved by as much say that all behind them did.
    fn settle_if_moved(&mut self) {
        let [.., first, second] = self.strangers.as_slice() else {
            return;
        };
        let by = |stranger: &Stranger| stranger.was.map(|was| was - stranger.position);
        if let (Some(first_by), Some(second_by)) = (by(first), by(second))
            && first_by == second_by
        {
            self.settle_moved(self.strangers.len() - 2, first_by);
        }
    }

    /// All but the first `before` of the strangers stood `offset` higher.
    fn settle_moved(&mut self, before: usize, offset: i64) {
        let strangers = std::mem::take(&mut self.strangers);
        let (others, moved) = strangers.split_at(before);
        let Some(first_moved) = moved.first() else {
            return;
        };
        let first = others.first().unwrap_or(first_moved).position;
        let broken = Break {
            others,
            first_missing: first + self.offset,
            behind: first_moved.position,
            behind_missing: first_moved.position + offset,
        };
        self.offset = offset;
        self.moved = true;
        for (position, finding) in broken.told() {
            self.add(position, finding);
        }
    }

    /// The strangers stand where others stood; what is behind them is where it should be.
    fn settle_here(&mut self) {
        let strangers = std::mem::take(&mut self.strangers);
        for (position, finding) in Break::in_place(&strangers, self.offset) {
            self.add(position, finding);
        }
    }

    fn tell_gone(&mut self, from: i64, to: i64) {
        let finding = if from == to {
            format!("the event that was at position {from} is gone")
        } else {
            format!("the events that were at positions {from} to {to} are gone")
        };
        self.add(from, finding);
    }

    fn add(&mut self, position: i64, finding: String) {
        self.found.push((position.max(0).cast_unsigned(), finding));
    }
}

fn leaf_as_at(event: &Recorded, position: i64, version: i64) -> Hash {
    let moved = Recorded {
        position: Position(position.cast_unsigned()),
        version: event.version.wrapping_add_signed(version),
        ..event.clone()
    };
    leaf_hash(&canonical_bytes(&moved))
}

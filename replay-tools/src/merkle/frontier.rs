//! The right edge of a growing tree: what its root is made of.

use super::hash::{Hash, empty_root, node_hash};

/// One perfect subtree for each bit that is set in the size, the largest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The one of that size with those peaks; `None` where a tree of that size has another number of them.
    pub(crate) fn from_peaks(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        let fits = peaks.len() == size.count_ones() as usize;
        fits.then_some(Self { size, peaks })
    }

    pub(crate) fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        // As many subtrees are completed as the size ends in ones
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the perfect subtrees, the largest first.
    pub(crate) fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    pub(crate) fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let smallest = peaks.next().unwrap_or_else(empty_root);
        peaks.fold(smallest, |right, left| node_hash(&left, &right))
    }
}

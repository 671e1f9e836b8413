//! The hashes of some subtrees, from the leaves in order.

use std::ops::Range;

use super::Frontier;
use super::hash::Hash;

/// Where RFC 6962 parts a tree of `size` leaves: the largest power of two below the size.
pub(super) fn split(size: u64) -> u64 {
    size.next_power_of_two() / 2
}

#[derive(Debug)]
pub(crate) struct Subtrees {
    wanted: Vec<(Range<u64>, Frontier)>,
    next: u64,
}

impl Subtrees {
    /// Of the leaves in each range, counted from 0.
    pub(crate) fn new(ranges: Vec<Range<u64>>) -> Self {
        let wanted = ranges.into_iter();
        Self {
            wanted: wanted.map(|range| (range, Frontier::default())).collect(),
            next: 0,
        }
    }

    pub(crate) fn push(&mut self, leaf: Hash) {
        let index = self.next;
        self.next += 1;
        // The subtrees of a path do not overlap, and there are no more than the tree is high
        let subtree = self
            .wanted
            .iter_mut()
            .find(|(range, _)| range.contains(&index));
        if let Some((_, frontier)) = subtree {
            frontier.push(leaf);
        }
    }

    /// In the order in which the ranges were given.
    pub(crate) fn hashes(&self) -> Vec<Hash> {
        self.wanted.iter().map(|(_, tree)| tree.root()).collect()
    }
}

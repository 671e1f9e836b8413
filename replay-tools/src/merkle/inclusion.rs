//! Proof that a leaf is in a tree.

use std::ops::Range;

use super::hash::{Hash, node_hash};
use super::subtrees::split;

/// The subtrees whose hashes are the proof, from the leaf's neighbour to the root's child.
pub(crate) fn inclusion_path(index: u64, size: u64) -> Vec<Range<u64>> {
    let mut path = Vec::new();
    let (mut from, mut to) = (0, size);
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(middle..to);
            to = middle;
        } else {
            path.push(from..middle);
            from = middle;
        }
    }
    path.reverse();
    path
}

pub(crate) fn is_included(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last) = (index, size - 1);
    let mut node = leaf;
    for hash in proof {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            node = node_hash(hash, &node);
            while place.is_multiple_of(2) && place != 0 {
                place /= 2;
                last /= 2;
            }
        } else {
            node = node_hash(&node, hash);
        }
        place /= 2;
        last /= 2;
    }
    last == 0 && node == *root
}

//! Proof that a tree holds all that an older one held, in the same order.

use std::ops::Range;

use super::hash::{Hash, empty_root, node_hash};
use super::subtrees::split;

/// The subtrees of the tree of `new` leaves whose hashes are the proof. An empty old tree needs none.
pub(crate) fn consistency_path(old: u64, new: u64) -> Vec<Range<u64>> {
    let mut path = Vec::new();
    if old == 0 || old >= new {
        return path;
    }
    let (mut from, mut to) = (0, new);
    // Its own root is known to whoever has the old tree
    let mut known = true;
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(middle..to);
            to = middle;
        } else {
            path.push(from..middle);
            from = middle;
            known = false;
        }
    }
    if !known {
        path.push(from..to);
    }
    path.reverse();
    path
}

pub(crate) fn is_consistent(old: (u64, &Hash), new: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((old, old_root), (new, new_root)) = (old, new);
    if old > new {
        return false;
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == empty_root();
    }
    let mut hashes = proof.iter();
    let first = if old.is_power_of_two() {
        Some(old_root)
    } else {
        hashes.next()
    };
    let Some(first) = first else { return false };
    let (mut place, mut last) = (old - 1, new - 1);
    while place % 2 == 1 {
        place /= 2;
        last /= 2;
    }
    let (mut to_old, mut to_new) = (*first, *first);
    for hash in hashes {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            to_old = node_hash(hash, &to_old);
            to_new = node_hash(hash, &to_new);
            while place.is_multiple_of(2) && place != 0 {
                place /= 2;
                last /= 2;
            }
        } else {
            to_new = node_hash(&to_new, hash);
        }
        place /= 2;
        last /= 2;
    }
    last == 0 && to_old == *old_root && to_new == *new_root
}

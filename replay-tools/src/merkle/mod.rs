//! RFC 6962's Merkle tree: its root at any size, and the proofs, all in one pass over the leaves and
//! in memory that grows with the tree's height.

mod consistency;
mod frontier;
mod hash;
mod inclusion;
mod subtrees;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod vectors;

pub(crate) use consistency::{consistency_path, is_consistent};
pub(crate) use frontier::Frontier;
pub(crate) use hash::{Hash, base64, from_base64, leaf_hash, sha256};
pub(crate) use inclusion::{inclusion_path, is_included};
pub(crate) use subtrees::Subtrees;

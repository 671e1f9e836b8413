//! Hashes of leaves and of the nodes above them, told apart by their first byte.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA256, digest};

pub(crate) type Hash = [u8; 32];

pub(crate) fn sha256(bytes: &[u8]) -> Hash {
    as_hash(digest(&SHA256, bytes).as_ref())
}

pub(crate) fn leaf_hash(bytes: &[u8]) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[0]);
    context.update(bytes);
    as_hash(context.finish().as_ref())
}

pub(super) fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(left);
    bytes[33..].copy_from_slice(right);
    sha256(&bytes)
}

pub(super) fn empty_root() -> Hash {
    sha256(&[])
}

fn as_hash(bytes: &[u8]) -> Hash {
    let mut hash = Hash::default();
    hash.copy_from_slice(bytes);
    hash
}

/// As hashes stand in checkpoints and proofs.
pub(crate) fn base64(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

pub(crate) fn from_base64(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

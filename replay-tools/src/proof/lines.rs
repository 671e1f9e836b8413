//! What both kinds of proof have in common: lines of hashes, an empty line, a checkpoint.

use std::fmt;

use anyhow::Context;

use super::no_proof;
use crate::merkle::{Hash, base64, from_base64};
use crate::note::SignedNote;

/// A tree of as many events as can be counted is no higher.
const MOST_HASHES: usize = 64;

pub(super) fn write(
    f: &mut fmt::Formatter<'_>,
    hashes: &[Hash],
    checkpoint: &SignedNote,
) -> fmt::Result {
    for hash in hashes {
        writeln!(f, "{}", base64(hash))?;
    }
    write!(f, "\n{checkpoint}")
}

pub(super) fn parse(text: &str) -> anyhow::Result<(Vec<Hash>, SignedNote)> {
    let shape = || no_proof("it is not a proof");
    let (hashes, checkpoint) = match text.strip_prefix('\n') {
        Some(checkpoint) => ("", checkpoint),
        None => text.split_once("\n\n").with_context(shape)?,
    };
    let hashes: Option<Vec<Hash>> = hashes.lines().map(from_base64).collect();
    let hashes = hashes.with_context(shape)?;
    anyhow::ensure!(hashes.len() <= MOST_HASHES, shape());
    Ok((hashes, SignedNote::parse(checkpoint)?))
}

//! That an event is in a log: C2SP's tlog-proof, with the event's canonical bytes as its extra data.

use std::fmt;

use anyhow::{Context, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{lines, no_proof};
use crate::merkle::{Hash, is_included, leaf_hash};
use crate::note::{Checkpoint, SignedNote};

pub(super) const HEAD: &str = "c2sp.org/tlog-proof@v1\n";

#[derive(Debug)]
pub(crate) struct InclusionProof {
    pub(crate) event: Vec<u8>,
    /// From 0: one less than the position.
    pub(crate) index: u64,
    pub(crate) path: Vec<Hash>,
    pub(crate) checkpoint: SignedNote,
}

impl InclusionProof {
    /// `believed` is what the proof's checkpoint says, once its signatures were checked.
    pub(crate) fn holds(&self, believed: &Checkpoint) -> bool {
        let leaf = leaf_hash(&self.event);
        is_included(leaf, self.index, believed.size, &self.path, &believed.root)
    }

    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let shape = || no_proof("it is not a proof of an event");
        let rest = text.strip_prefix(HEAD).with_context(shape)?;
        let (extra, rest) = rest.split_once('\n').with_context(shape)?;
        let event = extra.strip_prefix("extra ").with_context(shape)?;
        let event = STANDARD.decode(event).ok().with_context(shape)?;
        let (index, rest) = rest.split_once('\n').with_context(shape)?;
        let digits = index.strip_prefix("index ").with_context(shape)?;
        let index: u64 = digits.parse().with_context(shape)?;
        ensure!(index.to_string() == digits, shape());
        let (path, checkpoint) = lines::parse(rest)?;
        Ok(Self {
            event,
            index,
            path,
            checkpoint,
        })
    }
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}extra {}", STANDARD.encode(&self.event))?;
        writeln!(f, "index {}", self.index)?;
        lines::write(f, &self.path, &self.checkpoint)
    }
}

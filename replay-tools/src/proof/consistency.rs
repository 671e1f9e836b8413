//! That a log begins with all an earlier checkpoint covered: the body of C2SP tlog-witness' request,
//! so that the same file asks a witness to co-sign.

use std::fmt;

use anyhow::{Context, ensure};

use super::{lines, no_proof};
use crate::merkle::{Hash, is_consistent};
use crate::note::{Checkpoint, SignedNote};

#[derive(Debug)]
pub(crate) struct ConsistencyProof {
    /// The size of the earlier checkpoint.
    pub(crate) old: u64,
    pub(crate) path: Vec<Hash>,
    pub(crate) checkpoint: SignedNote,
}

impl ConsistencyProof {
    pub(crate) fn holds(&self, older: &Checkpoint, believed: &Checkpoint) -> bool {
        let (old, new) = ((older.size, &older.root), (believed.size, &believed.root));
        self.old == older.size && is_consistent(old, new, &self.path)
    }

    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let shape = || no_proof("it is not a proof");
        let (old, rest) = text.split_once('\n').with_context(shape)?;
        let digits = old.strip_prefix("old ").with_context(shape)?;
        let old: u64 = digits.parse().with_context(shape)?;
        ensure!(old.to_string() == digits, shape());
        let (path, checkpoint) = lines::parse(rest)?;
        Ok(Self {
            old,
            path,
            checkpoint,
        })
    }
}

impl fmt::Display for ConsistencyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        lines::write(f, &self.path, &self.checkpoint)
    }
}

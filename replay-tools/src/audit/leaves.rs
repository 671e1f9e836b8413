//! The file of leaf hashes that is kept beside checkpoints: 32 bytes for each event, in order.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use anyhow::Context;

use crate::merkle::Hash;

pub(crate) const LEAF_BYTES: u64 = 32;

/// Leaves per read.
const BLOCK: u64 = 8_192;
/// So many before the one that is asked for are read with it: neighbours are looked at as well.
const BEFORE: u64 = 256;

#[derive(Debug)]
pub(crate) struct Leaves {
    file: File,
    pub(crate) count: u64,
    /// The position of the first leaf in `block`.
    first: u64,
    block: Vec<Hash>,
}

impl Leaves {
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let unreadable = || format!("the leaf hashes in {} cannot be read", path.display());
        let file = File::open(path).with_context(unreadable)?;
        // What follows the last whole hash was being written when its program ended
        let count = file.metadata().with_context(unreadable)?.len() / LEAF_BYTES;
        Ok(Self {
            file,
            count,
            first: 1,
            block: vec![],
        })
    }

    /// The leaf of the event that was at a position; `None` where none was written down.
    pub(crate) fn at(&mut self, position: i64) -> anyhow::Result<Option<Hash>> {
        let Ok(position) = u64::try_from(position) else {
            return Ok(None);
        };
        if position == 0 || position > self.count {
            return Ok(None);
        }
        if !(self.first..self.first + self.block.len() as u64).contains(&position) {
            self.read(position)?;
        }
        let index = usize::try_from(position - self.first)?;
        Ok(self.block.get(index).copied())
    }

    fn read(&mut self, position: u64) -> anyhow::Result<()> {
        self.first = position.saturating_sub(BEFORE).max(1);
        let leaves = BLOCK.min(self.count + 1 - self.first);
        let mut bytes = vec![0; usize::try_from(leaves * LEAF_BYTES)?];
        let from = (self.first - 1) * LEAF_BYTES;
        let read = self.file.read_exact_at(&mut bytes, from);
        read.context("the leaf hashes ended early: was the file cut while it was read?")?;
        let (hashes, _) = bytes.as_chunks();
        self.block = hashes.to_vec();
        Ok(())
    }
}

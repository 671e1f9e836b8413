//! The file of leaf hashes that is kept beside checkpoints: 32 bytes for each event, in order.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::Context;

use crate::merkle::Hash;

pub(crate) const LEAF_BYTES: u64 = 32;

/// Read from front to back, with a look at the neighbours.
#[derive(Debug)]
pub(crate) struct Leaves {
    file: BufReader<File>,
    pub(crate) count: u64,
    /// The position whose leaf [`Leaves::current`] is; 0 before the first.
    position: u64,
    pub(crate) previous: Option<Hash>,
    pub(crate) current: Option<Hash>,
    pub(crate) next: Option<Hash>,
}

impl Leaves {
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let unreadable = || format!("the leaf hashes in {} cannot be read", path.display());
        let file = File::open(path).with_context(unreadable)?;
        // What follows the last whole hash was being written when its program ended
        let count = file.metadata().with_context(unreadable)?.len() / LEAF_BYTES;
        let mut leaves = Self {
            file: BufReader::new(file),
            count,
            position: 0,
            previous: None,
            current: None,
            next: None,
        };
        leaves.next = leaves.read(1)?;
        Ok(leaves)
    }

    pub(crate) fn position(&self) -> u64 {
        self.position
    }

    /// On to the next position.
    pub(crate) fn step(&mut self) -> anyhow::Result<()> {
        self.position += 1;
        self.previous = self.current.take();
        self.current = self.next.take();
        self.next = self.read(self.position + 1)?;
        Ok(())
    }

    fn read(&mut self, position: u64) -> anyhow::Result<Option<Hash>> {
        if position > self.count {
            return Ok(None);
        }
        let mut hash = Hash::default();
        let read = self.file.read_exact(&mut hash);
        read.context("the leaf hashes ended early: was the file cut while it was read?")?;
        Ok(Some(hash))
    }
}

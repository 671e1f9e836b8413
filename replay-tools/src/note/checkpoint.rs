//! What a log said of itself at one moment: how many events it had, and the root of their tree.

use anyhow::{Context, ensure};

use crate::merkle::{Hash, base64, from_base64};
use crate::outcome::Altered;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    pub(crate) origin: String,
    pub(crate) size: u64,
    pub(crate) root: Hash,
}

impl Checkpoint {
    /// The note's text.
    pub(crate) fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root))
    }

    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let shape = || {
            Altered(
                "the note is not a checkpoint: origin, size and root hash, a line each".to_owned(),
            )
        };
        let mut lines = text.split_terminator('\n');
        let mut next = || {
            lines
                .next()
                .filter(|line| !line.is_empty())
                .with_context(shape)
        };
        let origin = next()?.to_owned();
        let digits = next()?;
        let size: u64 = digits.parse().with_context(shape)?;
        ensure!(size.to_string() == digits, shape());
        let root = from_base64(next()?).with_context(shape)?;
        Ok(Self { origin, size, root })
    }
}

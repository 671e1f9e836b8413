//! Proofs as files, in the formats that other tools read as well.

mod consistency;
mod inclusion;
mod lines;

pub(crate) use consistency::ConsistencyProof;
pub(crate) use inclusion::InclusionProof;

use crate::outcome::{Altered, TAKE_ANOTHER};

/// Either kind.
#[derive(Debug)]
pub(crate) enum Proof {
    Inclusion(InclusionProof),
    Consistency(ConsistencyProof),
}

impl Proof {
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        if text.starts_with(inclusion::HEAD) {
            InclusionProof::parse(text).map(Self::Inclusion)
        } else {
            ConsistencyProof::parse(text).map(Self::Consistency)
        }
    }
}

fn no_proof(shape: &str) -> Altered {
    Altered(format!("{shape}, as prove writes them: {TAKE_ANOTHER}"))
}

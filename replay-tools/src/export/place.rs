//! Where a range stands in the whole log, which is read from its beginning and checked as for any signature.

use std::sync::Arc;

use event_store::StoredRows;

use crate::audit::{Findings, Pass, Row};
use crate::merkle::Frontier;

#[derive(Debug)]
pub(super) struct Place {
    /// Over what is in front of the range.
    pub(super) before: Frontier,
    /// Over that and the range.
    pub(super) whole: Frontier,
    /// What keeps it from being signed.
    pub(super) findings: Findings,
}

/// All that was asked for has been read; what is behind it is of no account, except at the log's end.
#[derive(Debug)]
struct Enough;

impl std::fmt::Display for Enough {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("enough was read")
    }
}

impl std::error::Error for Enough {}

impl Place {
    /// `range` is over what was written of the positions behind `after` up to `to`.
    pub(super) async fn of(
        range: &Frontier,
        (after, to): (u64, u64),
        log: Arc<dyn StoredRows>,
    ) -> anyhow::Result<Self> {
        let at_end = to == log.head().await?.0;
        let (mut before, mut whole) = (Frontier::default(), Frontier::default());
        let mut again = Frontier::default();
        let mut pass = Pass::new(vec![], None);
        let mut each = |row: Row<'_>| {
            let position = row.position().max(0).cast_unsigned();
            if (1..=to).contains(&position) {
                let leaf = row.leaf().unwrap_or_default();
                whole.push(leaf);
                if position <= after {
                    before.push(leaf);
                } else {
                    again.push(leaf);
                }
            }
            if position >= to && !at_end {
                return Err(Enough.into());
            }
            Ok(())
        };
        match pass.over(log, &mut each).await {
            Err(error) if error.is::<Enough>() => {}
            read => read?,
        }
        let mut findings = pass.findings;
        if again.root() != range.root() {
            findings.add("the log has changed since its events were written".to_owned());
        }
        Ok(Self {
            before,
            whole,
            findings,
        })
    }
}

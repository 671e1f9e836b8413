//! Whether a log has every event up to a position: what is folded from one that has not is not what was.

use std::io::{self, Write};

use anyhow::bail;
use event_store::StoredRows;

/// The first position without an event, up to `last`.
pub(crate) async fn first_gap(log: &dyn StoredRows, last: u64) -> anyhow::Result<Option<u64>> {
    first_gap_behind(log, 0, last).await
}

async fn first_gap_behind(
    log: &dyn StoredRows,
    after: u64,
    last: u64,
) -> anyhow::Result<Option<u64>> {
    let first = after.saturating_add(1);
    let whole = async |to: u64| {
        let events = log.count(first.cast_signed(), to.cast_signed()).await?;
        anyhow::Ok(events.cast_unsigned() == to - after)
    };
    if last <= after || whole(last).await? {
        return Ok(None);
    }
    // Everything before `from` is there, and something up to `to` is not
    let (mut from, mut to) = (first, last);
    while from < to {
        let middle = from + (to - from) / 2;
        if whole(middle).await? {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    Ok(Some(from))
}

pub(crate) async fn require_whole(log: &dyn StoredRows, last: u64) -> anyhow::Result<()> {
    if let Some(gap) = first_gap(log, last).await? {
        bail!(
            "there is no event at position {gap}, so what was then cannot be said: strategos-replay verify log says more"
        );
    }
    Ok(())
}

/// Tells whoever reads events one after the other that some are missing, once.
#[derive(Debug, Default)]
pub(crate) struct GapWatch {
    told: bool,
}

impl GapWatch {
    /// Of the positions behind one up to another.
    pub(crate) async fn look(
        &mut self,
        log: &dyn StoredRows,
        after: u64,
        up_to: u64,
    ) -> anyhow::Result<()> {
        if !self.told
            && let Some(gap) = first_gap_behind(log, after, up_to).await?
        {
            self.tell(&format!("at position {gap}"));
        }
        Ok(())
    }

    /// Of a stream's versions, in order, behind one.
    pub(crate) fn look_at_versions(&mut self, mut after: u64, versions: impl Iterator<Item = u64>) {
        for version in versions {
            after = after.saturating_add(1);
            if version != after {
                self.tell(&format!("of this stream with the version {after}"));
                return;
            }
        }
    }

    fn tell(&mut self, what: &str) {
        if !std::mem::replace(&mut self.told, true) {
            let _nobody_reads = writeln!(
                io::stderr(),
                "strategos-replay: there is no event {what}, so this is not all that was recorded: strategos-replay verify log says more"
            );
        }
    }
}

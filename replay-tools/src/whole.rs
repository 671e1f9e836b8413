//! Whether a log has every event up to a position: what is folded from one that has not is not what was.

use anyhow::bail;
use event_store::StoredRows;

/// The first position without an event, up to `last`.
pub(crate) async fn first_gap(log: &dyn StoredRows, last: u64) -> anyhow::Result<Option<u64>> {
    let whole = async |to: u64| {
        let events = log.count(1, to.cast_signed()).await?;
        anyhow::Ok(events.cast_unsigned() == to)
    };
    if whole(last).await? {
        return Ok(None);
    }
    // Everything before `from` is there, and something up to `to` is not
    let (mut from, mut to) = (1, last);
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

//! A whole history from one log into an empty one.

use std::sync::Arc;

use anyhow::bail;
use event_store::{Restoring, StoredRows};
use futures::TryStreamExt;
use indicatif::{ProgressBar, ProgressStyle};

use crate::audit::{Findings, Pass, Promise};
use crate::hashed_rows::hashed_rows_between;
use crate::merkle::Frontier;

/// Answers per statement.
const BATCH: usize = 1_000;

/// All events there are now, in the target's transaction; answers with the tree over them.
pub(crate) async fn events(
    source: Arc<dyn StoredRows>,
    target: &mut dyn Restoring,
) -> anyhow::Result<Frontier> {
    let last = source.extent().await?.positions.map_or(0, |(_, last)| last);
    let bar = ProgressBar::new(last.cast_unsigned()).with_style(ProgressStyle::with_template(
        "{wide_bar}  {human_pos} of {human_len} events  {per_sec}  {eta} left",
    )?);
    let mut tree = Frontier::default();
    let mut pages = std::pin::pin!(hashed_rows_between(source, i64::MIN, last));
    while let Some(page) = pages.try_next().await? {
        let mut events = Vec::with_capacity(page.len());
        for row in page {
            let (Ok(event), Some(leaf)) = (row.row, row.leaf) else {
                bail!("the source is damaged: strategos-replay verify log says where");
            };
            if event.position.0 != tree.size() + 1 {
                bail!(
                    "the source has no event at position {}: strategos-replay verify log says more",
                    tree.size() + 1
                );
            }
            tree.push(leaf);
            events.push(event);
        }
        target.events(&events).await?;
        bar.set_position(tree.size());
    }
    bar.finish_and_clear();
    Ok(tree)
}

/// The answers that were given in those events; answers with how many there are.
pub(crate) async fn answers(
    source: &dyn StoredRows,
    target: &mut dyn Restoring,
    events: &Frontier,
) -> anyhow::Result<u64> {
    let last_position = events.size().cast_signed();
    let (mut after, mut copied) = (String::new(), 0);
    loop {
        let mut answers = source.answers(&after, BATCH).await?;
        let Some(last) = answers.last() else {
            return Ok(copied);
        };
        after.clone_from(&last.key);
        // A server may have gone on meanwhile
        answers.retain(|answer| answer.position <= last_position);
        copied += answers.len() as u64;
        target.answers(&answers).await?;
    }
}

/// In what the copy is not what was read.
pub(crate) async fn differences(
    copied: Arc<dyn StoredRows>,
    read: &Frontier,
) -> anyhow::Result<Findings> {
    let promise = Promise {
        name: "the source".to_owned(),
        size: read.size(),
        root: read.root(),
    };
    let mut pass = Pass::new(vec![promise], None);
    pass.over(copied, &mut |_| Ok(())).await?;
    Ok(pass.findings)
}

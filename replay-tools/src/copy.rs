//! Moves a history from one database to another.

use std::io::Write;
use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use event_store::{Restoring, StoredRows, Upcasters};
use futures::TryStreamExt;
use indicatif::{ProgressBar, ProgressStyle};

use crate::audit::{Pass, Promise};
use crate::hashed_rows::hashed_rows_between;
use crate::merkle::{Frontier, base64};
use crate::outcome::Outcome;

/// Answers per statement.
const BATCH: usize = 1_000;

/// Copy a whole history into an empty database of either kind, and prove both equal
///
/// Events keep their positions, ids, times and bytes; answers to idempotency keys go along. The copy
/// is one transaction: interrupted, it leaves the target empty, and is begun again. Then the target
/// is read and its root compared with what was read from the source. Stop the server first: what it
/// records meanwhile is not copied.
///
/// strategos-replay copy --from sqlite:strategos-data/strategos.sqlite --to "$NEW"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Copy {
    /// The log to copy; it is only read
    #[arg(long, value_name = "URL")]
    from: String,
    /// An empty database; its tables are created where they are missing
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Copy {
    pub(crate) async fn run(&self, out: &mut dyn Write) -> anyhow::Result<Outcome> {
        let source = event_store::open_to_read(&self.from, Upcasters::none()).await?;
        let mut target = event_store::restore_into(&self.to).await?;
        let tree = copy_events(source.clone(), target.as_mut()).await?;
        let answers = copy_answers(source.as_ref(), target.as_mut()).await?;
        target.finish().await?;

        let copied = event_store::open_to_read(&self.to, Upcasters::none()).await?;
        let promise = Promise {
            name: "the source".to_owned(),
            size: tree.size(),
            root: tree.root(),
        };
        let mut pass = Pass::new(vec![promise], None);
        pass.over(copied, &mut |_| Ok(())).await?;
        pass.findings.print(out)?;
        if !pass.findings.is_empty() {
            return Ok(Outcome::Wrong);
        }
        writeln!(
            out,
            "{} events and {answers} answers copied; both have the root {}",
            tree.size(),
            base64(&tree.root())
        )?;
        Ok(Outcome::Fine)
    }
}

async fn copy_events(
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

async fn copy_answers(source: &dyn StoredRows, target: &mut dyn Restoring) -> anyhow::Result<u64> {
    let (mut after, mut copied) = (String::new(), 0);
    loop {
        let answers = source.answers(&after, BATCH).await?;
        let Some(last) = answers.last() else {
            return Ok(copied);
        };
        after.clone_from(&last.key);
        copied += answers.len() as u64;
        target.answers(&answers).await?;
    }
}

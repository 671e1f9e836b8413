//! A whole history from one log into an empty one.

use std::sync::Arc;

use anyhow::bail;
use event_store::{Digesting, Restoring, StoredAnswer, StoredRows, Upcasters};
use futures::TryStreamExt;

use crate::answers_digest::AnswersDigest;
use crate::audit::{Findings, Pass, SignedRoot, rows_with_texts};
use crate::merkle::{Frontier, leaf_hash};
use crate::progress;

/// Answers per statement.
const BATCH: usize = 1_000;

/// What was moved, or was there already.
pub(crate) struct Moved {
    pub(crate) tree: Frontier,
    pub(crate) answers: AnswersDigest,
    /// Whoever was interrupted behind the last step finds it so.
    pub(crate) was_there: bool,
}

/// Events and answers, in one transaction.
pub(crate) async fn whole(source: Arc<dyn StoredRows>, to: &str) -> anyhow::Result<Moved> {
    let mut target = match event_store::restore_into(to).await {
        Ok(target) => target,
        Err(refused) => {
            let there = already_there(source, to).await?;
            return there.ok_or_else(|| refused.into());
        }
    };
    let tree = events(source.clone(), target.as_mut()).await?;
    let answers = answers(source.as_ref(), target.as_mut(), &tree).await?;
    target.finish().await?;
    Ok(Moved {
        tree,
        answers,
        was_there: false,
    })
}

/// `None` unless the target holds exactly what the source does.
async fn already_there(source: Arc<dyn StoredRows>, to: &str) -> anyhow::Result<Option<Moved>> {
    let Ok(target) = event_store::open_to_read(to, Upcasters::none()).await else {
        return Ok(None);
    };
    let there = target.extent().await?.positions;
    if there.is_none() || there != source.extent().await?.positions {
        return Ok(None);
    }
    let mut pass = Pass::new(vec![], None);
    pass.over(source.clone(), &mut |_| Ok(())).await?;
    let answers = answers_of(source.as_ref(), &pass.tree).await?;
    let same =
        pass.findings.is_empty() && differences(target, &pass.tree, &answers).await?.is_empty();
    Ok(same.then_some(Moved {
        tree: pass.tree,
        answers,
        was_there: true,
    }))
}

/// All events there are now, in the target's transaction; answers with the tree over them.
pub(crate) async fn events(
    source: Arc<dyn StoredRows>,
    target: &mut dyn Restoring,
) -> anyhow::Result<Frontier> {
    let last = source.extent().await?.positions.map_or(0, |(_, last)| last);
    let bar = progress::bar(last.max(0).cast_unsigned(), "")?;
    let mut tree = Frontier::default();
    let mut pages = std::pin::pin!(rows_with_texts(
        source,
        i64::MIN..=last,
        Digesting::by(leaf_hash)
    ));
    while let Some(page) = pages.try_next().await? {
        let mut events = Vec::with_capacity(page.len());
        for event in page.into_events() {
            let Some((leaf, event)) = event else {
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

/// The answers that were given in those events; answers with what they are.
pub(crate) async fn answers(
    source: &dyn StoredRows,
    target: &mut dyn Restoring,
    events: &Frontier,
) -> anyhow::Result<AnswersDigest> {
    let (mut digest, mut after) = (AnswersDigest::begin(), String::new());
    while let Some(answers) = next_answers(source, &mut after, events).await? {
        digest.take(&answers);
        target.answers(&answers).await?;
    }
    Ok(digest.end(events))
}

/// What they are, as they stand in a database.
pub(crate) async fn answers_of(
    log: &dyn StoredRows,
    events: &Frontier,
) -> anyhow::Result<AnswersDigest> {
    let (mut digest, mut after) = (AnswersDigest::begin(), String::new());
    while let Some(answers) = next_answers(log, &mut after, events).await? {
        digest.take(&answers);
    }
    Ok(digest.end(events))
}

async fn next_answers(
    log: &dyn StoredRows,
    after: &mut String,
    events: &Frontier,
) -> anyhow::Result<Option<Vec<StoredAnswer>>> {
    let mut answers = log.answers(after, BATCH).await?;
    let Some(last) = answers.last() else {
        return Ok(None);
    };
    after.clone_from(&last.key);
    // A server may have gone on meanwhile
    let last_position = events.size().cast_signed();
    answers.retain(|answer| answer.position <= last_position);
    Ok(Some(answers))
}

/// In what the copy is not what was read.
pub(crate) async fn differences(
    copied: Arc<dyn StoredRows>,
    read: &Frontier,
    answers: &AnswersDigest,
) -> anyhow::Result<Findings> {
    let signed_root = SignedRoot {
        name: "the source".to_owned(),
        size: read.size(),
        root: read.root(),
    };
    let mut pass = Pass::new(vec![signed_root], None);
    pass.over(copied.clone(), &mut |_| Ok(())).await?;
    if answers_of(copied.as_ref(), read).await? != *answers {
        pass.findings.add(
            "the answers to idempotency keys are not those that were read from the source"
                .to_owned(),
        );
    }
    Ok(pass.findings)
}

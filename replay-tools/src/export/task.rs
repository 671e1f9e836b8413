//! Events from the log into the file. How far that has come is signed: what goes on later signs nothing
//! that it has not read from the log, except what the same key signed before.

use std::fs;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;

use anyhow::{Context, bail};
use event_store::{Digesting, StoredRows};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};

use super::sink::{Sink, SoFar};
use super::{Format, sink};
use crate::audit::{rows, rows_with_texts};
use crate::merkle::{Frontier, Hash, base64, from_base64, leaf_hash};
use crate::note::{SignedNote, SigningKey};
use crate::out_folder;
use crate::outcome::Altered;

pub(super) const PROGRESS: &str = "progress.note";
/// Events between two moments from which it can go on.
const KEPT_EVERY: u64 = 10_000;

#[derive(Debug, Serialize, Deserialize)]
struct Progress {
    format: String,
    file: String,
    first: u64,
    events: u64,
    /// The first bytes of what is written are those events.
    #[serde(flatten)]
    written: SoFar,
    /// Of the tree over them.
    peaks: Vec<String>,
    /// The last one's leaf hash: another log has another event there.
    last: String,
}

const FORMAT: &str = "strategos-export-progress/1";

/// What is exported, from which position on.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) folder: &'a Path,
    pub(super) format: Format,
    pub(super) first: u64,
    pub(super) key: &'a SigningKey,
}

impl Task<'_> {
    pub(super) fn file(self) -> PathBuf {
        self.folder.join(self.format.file())
    }

    pub(super) fn unwritten(self) -> String {
        format!("{} cannot be written", self.file().display())
    }

    /// From where the tree ends up to a position.
    pub(super) async fn write(
        self,
        log: Arc<dyn StoredRows>,
        to: u64,
        sink: &mut Sink,
        tree: &mut Frontier,
    ) -> anyhow::Result<()> {
        let from = self.first + tree.size();
        let mut kept = tree.size();
        let pages = rows_with_texts(
            log,
            from.cast_signed()..=to.cast_signed(),
            Digesting::by(leaf_hash),
        );
        let mut pages = pin!(pages);
        while let Some(page) = pages.try_next().await? {
            for event in page.into_events() {
                let Some((leaf, event)) = event else {
                    let damaged = "the log is damaged: strategos-replay verify log says where";
                    bail!(Altered(format!("{damaged}; nothing was signed")));
                };
                let expected = self.first + tree.size();
                if event.position.0 != expected {
                    bail!(Altered(format!(
                        "there is no event at position {expected}: strategos-replay verify log says more; nothing was signed"
                    )));
                }
                tree.push(leaf);
                sink.write(event).with_context(|| self.unwritten())?;
                if tree.size() - kept >= KEPT_EVERY && self.keep(sink, tree, &leaf)? {
                    kept = tree.size();
                }
            }
        }
        Ok(())
    }

    /// Keeps how far it has come, where it could be gone on from there.
    fn keep(self, sink: &mut Sink, tree: &Frontier, last: &Hash) -> anyhow::Result<bool> {
        let so_far = sink.so_far().with_context(|| self.unwritten())?;
        let Some(written) = so_far else {
            return Ok(false);
        };
        let progress = Progress {
            format: FORMAT.to_owned(),
            file: self.format.file().to_owned(),
            first: self.first,
            events: tree.size(),
            written,
            peaks: tree.peaks().iter().map(base64).collect(),
            last: base64(last),
        };
        let text = serde_json::to_string_pretty(&progress)? + "\n";
        let note = SignedNote::sign(text, self.key)?;
        out_folder::keep(&self.folder.join(PROGRESS), &note.to_string())?;
        Ok(true)
    }

    /// Where the same export stood when it was interrupted. `None` where there is none, or what is
    /// there is not what was signed, or of another log: then it is begun anew.
    pub(super) async fn find(
        self,
        log: Arc<dyn StoredRows>,
        at_most: u64,
    ) -> anyhow::Result<Option<(Sink, Frontier)>> {
        let Some(progress) = self.signed() else {
            return Ok(None);
        };
        let same = progress.format == FORMAT
            && progress.file == self.format.file()
            && progress.first == self.first
            && (1..=at_most).contains(&progress.events);
        if !same || self.leaf(log, &progress).await? != from_base64(&progress.last) {
            return Ok(None);
        }
        let peaks = progress.peaks.iter().map(|peak| from_base64(peak));
        let peaks = peaks.collect::<Option<Vec<Hash>>>();
        let tree = peaks.and_then(|peaks| Frontier::from_peaks(progress.events, peaks));
        // A file that cannot be gone on with is written anew, which says what is wrong with it
        let sink = sink::go_on(&self.file(), self.format, &progress.written).ok();
        Ok(sink.flatten().zip(tree))
    }

    fn signed(self) -> Option<Progress> {
        let note = fs::read_to_string(self.folder.join(PROGRESS)).ok()?;
        let note = SignedNote::parse(&note).ok()?;
        let ours = note.is_signed_by(self.key.verifying()).ok()?;
        let progress = ours.then(|| serde_json::from_str(note.text()))?;
        progress.ok()
    }

    /// Of the last event that was exported, as the log has it now.
    async fn leaf(
        self,
        log: Arc<dyn StoredRows>,
        progress: &Progress,
    ) -> anyhow::Result<Option<Hash>> {
        let at = (self.first + progress.events - 1).cast_signed();
        let mut page = pin!(rows(log, at..=at, Digesting::by(leaf_hash)));
        let found = page.try_next().await?;
        Ok(found.and_then(|page| page.row(0).leaf()))
    }
}

//! A history in files, with a signed manifest that says what they hold.

mod columns;
mod manifest;
mod package;
mod place;
mod sink;
mod source;
mod task;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use domain::clock::Clock;
use event_store::StoredRows;

pub(crate) use manifest::{Made, Manifest};
pub(crate) use package::Package;
pub(crate) use source::Source;

use crate::checkpoint::read_key;
use crate::clock::SystemClock;
use crate::database::Database;
use crate::merkle::{Frontier, base64};
use crate::note::{Checkpoint, SignedNote, SigningKey};
use crate::out_folder;
use crate::outcome::Outcome;
use crate::unfinished::{Contents, Unfinished};
use manifest::{MANIFEST, Query};
use place::Place;
use sink::{GROUPS, Sink};
use source::digest_of;
use task::{PROGRESS, Task};

/// Write a range of the history into a file, with a signed manifest beside it
///
/// The folder gets `events.ndjson` (CloudEvents 1.0, the bytes that `log` prints), `events.csv` or
/// `events.parquet`, and `manifest.note`: positions, count, SHA-256 of the file, the root of the
/// events' RFC 6962 tree, the log's checkpoint at the last of them and their place in it, what was
/// asked for, when and of which release; signed as checkpoints are. `check-export` verifies it without
/// a database. An export from the first position on can be imported, and its root is that of a
/// checkpoint of the same size. Idempotency keys are not part of it: `copy` moves those. The manifest
/// is written last: an export that was interrupted has none, and the same command goes on with it
/// where it stood, which `progress.note` says, signed by the same key (Parquet: behind the last whole
/// row group, with what `events.parquet.groups` says of them). `strategos-export.unfinished` stands in
/// the folder until then; without it nothing that lies there is removed. A damaged log is not signed.
///
/// strategos-replay export --key audit.key --out november
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Export {
    /// A folder that is not there yet, or holds an export that was interrupted
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The private key that keygen wrote
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    /// Only positions behind this one
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    after: u64,
    /// Only positions up to this one
    #[arg(long, value_name = "POSITION")]
    up_to: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// CloudEvents 1.0, one a line; what `import` reads
    Ndjson,
    /// For spreadsheets: a column for each thing that is stored
    Csv,
    /// For whoever asks questions of many events: the same columns, compressed
    Parquet,
}

const FILES: [&str; 3] = ["events.ndjson", "events.csv", "events.parquet"];

impl Format {
    fn file(self) -> &'static str {
        match self {
            Self::Ndjson => FILES[0],
            Self::Csv => FILES[1],
            Self::Parquet => FILES[2],
        }
    }
}

/// A folder that it is written into.
const EXPORT: Contents = Contents {
    what: "an export",
    marker: "strategos-export.unfinished",
    is_last: |name| name == MANIFEST,
    comes_before: |name| FILES.contains(&name) || BESIDE.contains(&name),
    needless: &[PROGRESS, GROUPS],
};

const BESIDE: [&str; 4] = [PROGRESS, "progress.part", GROUPS, "manifest.part"];

impl Export {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        database.require_outside(&self.out)?;
        let key = read_key(&self.key)?;
        let log = database.as_stored().await?;
        let to = self.last(log.head().await?.0)?;
        let task = Task {
            folder: &self.out,
            format: self.format,
            first: self.after.saturating_add(1),
            key: &key,
        };
        let unfinished = Unfinished::enter(&self.out, &EXPORT)?;
        let (mut sink, mut tree) = self.begin(&unfinished, task, log.clone(), to).await?;
        if tree.size() > 0 {
            writeln!(out, "{} events were there already", tree.size())?;
        }
        task.write(log.clone(), to, &mut sink, &mut tree).await?;
        let place = Place::of(&tree, (self.after, to), log).await?;
        if !place.findings.is_empty() {
            place.findings.print(out)?;
            writeln!(out, "nothing was signed: this is not an export")?;
            return Ok(Outcome::Wrong);
        }
        let written = sink.finish().with_context(|| task.unwritten())?;
        let manifest = Manifest {
            format: Manifest::FORMAT.to_owned(),
            origin: key.verifying().name.clone(),
            file: self.format.file().to_owned(),
            first: task.first,
            events: tree.size(),
            bytes: written.bytes,
            sha256: written.sha256,
            root: base64(&tree.root()),
            made: Some(self.made(&place, &key)?),
        };
        let note = SignedNote::sign(manifest.to_text()?, &key)?;
        out_folder::keep(&self.out.join(MANIFEST), &note.to_string())?;
        unfinished.finish()?;
        writeln!(
            out,
            "{} events, {} bytes, root {}",
            manifest.events, manifest.bytes, manifest.root
        )?;
        Ok(Outcome::Fine)
    }

    /// The last position that is asked for.
    fn last(&self, head: u64) -> anyhow::Result<u64> {
        let last = self.up_to.unwrap_or(head);
        ensure!(
            last <= head,
            "the log ends at position {head}: there is nothing up to {last} yet"
        );
        let nothing = self.after >= last && (self.after > 0 || self.up_to.is_some());
        ensure!(
            !nothing,
            "there is nothing behind position {} up to {last}",
            self.after
        );
        Ok(last)
    }

    fn made(&self, place: &Place, key: &SigningKey) -> anyhow::Result<Made> {
        let checkpoint = Checkpoint {
            origin: key.verifying().name.clone(),
            size: place.whole.size(),
            root: place.whole.root(),
        };
        Ok(Made {
            checkpoint: SignedNote::sign(checkpoint.to_text(), key)?.to_string(),
            before: place.before.peaks().iter().map(base64).collect(),
            query: Query {
                after: self.after,
                up_to: self.up_to,
            },
            at: SystemClock.now(),
            by: concat!("strategos-replay ", env!("CARGO_PKG_VERSION")).to_owned(),
        })
    }

    /// Where it was interrupted, or at the beginning.
    async fn begin(
        &self,
        unfinished: &Unfinished,
        task: Task<'_>,
        log: Arc<dyn StoredRows>,
        to: u64,
    ) -> anyhow::Result<(Sink, Frontier)> {
        let at_most = to.saturating_sub(self.after);
        if let Some(begun) = task.find(log, at_most).await? {
            return Ok(begun);
        }
        unfinished.clear()?;
        let sink = Sink::begin(&task.file(), self.format).with_context(|| task.unwritten())?;
        Ok((sink, Frontier::default()))
    }
}

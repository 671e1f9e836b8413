//! Puts an exported history into an empty log.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use event_store::{Recorded, Restoring, canonical_bytes};
use ring::digest::{Context, SHA256};

use crate::export::{MANIFEST, Manifest};
use crate::hex::hex;
use crate::merkle::{Frontier, base64, leaf_hash};
use crate::note::{Policy, SignedNote};
use crate::outcome::Outcome;
use crate::{Database, cloud_event};

/// Events per statement.
const BATCH: usize = 2_000;

/// Put an exported history into an empty log, if it is what its manifest says
///
/// Signature, count, digest and root are checked while it is written, in one transaction that is only
/// committed when all of them hold. The events have the positions, ids, times and bytes they had. The
/// log must be empty, so do it before a server has used it.
///
/// strategos-replay --database sqlite:copy.sqlite import november --public-key audit.key.pub
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Import {
    /// What export wrote
    folder: PathBuf,
    #[command(flatten)]
    policy: Policy,
}

impl Import {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let manifest = self.manifest()?;
        ensure!(
            manifest.file == "events.ndjson",
            "only NDJSON can be imported: export with --format ndjson"
        );
        ensure!(
            manifest.first == 1,
            "the export begins at position {}: an empty log begins with 1",
            manifest.first
        );
        let mut target = event_store::restore_into(database.url()?).await?;
        let file = self.folder.join(&manifest.file);
        let found = read_into(&file, target.as_mut()).await?;
        let wrong = found.differences(&manifest);
        if wrong.is_empty() {
            target.finish().await?;
            writeln!(out, "{} events, root {}", manifest.events, manifest.root)?;
            return Ok(Outcome::Fine);
        }
        for difference in wrong {
            writeln!(out, "FAILED  {difference}")?;
        }
        writeln!(out, "nothing was imported")?;
        Ok(Outcome::Wrong)
    }

    fn manifest(&self) -> anyhow::Result<Manifest> {
        let path = self.folder.join(MANIFEST);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let believed = || {
            let note = SignedNote::parse(&text)?;
            self.policy.require_signatures(&note)?;
            Manifest::parse(note.text())
        };
        believed().with_context(|| format!("{} is not believed", path.display()))
    }
}

/// What was in the file.
struct Read {
    tree: Frontier,
    bytes: u64,
    sha256: String,
}

impl Read {
    fn differences(&self, manifest: &Manifest) -> Vec<String> {
        let mut found = Vec::new();
        if self.tree.size() != manifest.events {
            let (are, said) = (self.tree.size(), manifest.events);
            found.push(format!("there are {are} events, the manifest says {said}"));
        }
        if self.bytes != manifest.bytes || self.sha256 != manifest.sha256 {
            found.push("the file is not the one that the manifest was signed for".to_owned());
        }
        if base64(&self.tree.root()) != manifest.root {
            found.push("the events have another root than was signed".to_owned());
        }
        found
    }
}

async fn read_into(path: &Path, target: &mut dyn Restoring) -> anyhow::Result<Read> {
    let unreadable = || format!("{} cannot be read", path.display());
    let mut file = BufReader::new(File::open(path).with_context(unreadable)?);
    let mut digest = Context::new(&SHA256);
    let (mut tree, mut bytes) = (Frontier::default(), 0);
    let (mut line, mut batch) = (String::new(), Vec::<Recorded>::with_capacity(BATCH));
    loop {
        line.clear();
        let read = file.read_line(&mut line).with_context(unreadable)?;
        if read == 0 || batch.len() == BATCH {
            target.events(&batch).await?;
            batch.clear();
        }
        if read == 0 {
            break;
        }
        digest.update(line.as_bytes());
        bytes += read as u64;
        let number = tree.size() + 1;
        let event = cloud_event::read(line.trim_end_matches('\n'))
            .with_context(|| format!("line {number} of {} is no event", path.display()))?;
        if event.position.0 != number {
            bail!(
                "line {number} of {} holds position {}",
                path.display(),
                event.position
            );
        }
        tree.push(leaf_hash(&canonical_bytes(&event)));
        batch.push(event);
    }
    Ok(Read {
        tree,
        bytes,
        sha256: hex(digest.finish().as_ref()),
    })
}

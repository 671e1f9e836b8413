//! An export as it lies in its folder, held against its manifest.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use event_store::{Recorded, Restoring, canonical_bytes};
use ring::digest::{Context, SHA256};

use super::Manifest;
use crate::cloud_event;
use crate::merkle::{Frontier, base64, leaf_hash};
use crate::note::Policy;
use crate::outcome::Altered;

/// Events per statement.
const BATCH: usize = 2_000;

#[derive(Debug)]
pub(crate) struct Package {
    folder: PathBuf,
    pub(crate) manifest: Manifest,
}

impl Package {
    /// Its manifest has the signatures it needs, and it is one that a log can begin with. The events
    /// are not looked at yet.
    pub(crate) fn open(folder: &Path, policy: &Policy) -> anyhow::Result<Self> {
        let manifest = Manifest::believed(folder, policy)?;
        ensure!(
            manifest.file == "events.ndjson",
            "only NDJSON can be read back: export with --format ndjson"
        );
        ensure!(
            manifest.first == 1,
            "the export begins at position {}: a log begins with 1",
            manifest.first
        );
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
        })
    }

    /// Hands all events over, and answers in what they are not those that the manifest was signed for:
    /// where it is anything, nothing of what was handed over is to be believed.
    pub(crate) async fn read_into(
        &self,
        target: &mut dyn Restoring,
    ) -> anyhow::Result<Vec<String>> {
        let file = self.folder.join(&self.manifest.file);
        if let Some(difference) = self.manifest.difference(&file)? {
            return Ok(vec![difference]);
        }
        let found = read_into(&file, target).await?;
        Ok(found.differences(&self.manifest))
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
        let event = cloud_event::read(line.trim_end_matches('\n')).with_context(|| {
            Altered(format!(
                "line {number} of {} is not an event",
                path.display()
            ))
        })?;
        if event.position.0 != number {
            bail!(Altered(format!(
                "line {number} of {} holds position {}",
                path.display(),
                event.position
            )));
        }
        tree.push(leaf_hash(&canonical_bytes(&event)));
        batch.push(event);
    }
    Ok(Read {
        tree,
        bytes,
        sha256: hex::encode(digest.finish()),
    })
}

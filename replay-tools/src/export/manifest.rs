//! What an export holds, as its signer says.

use std::path::Path;

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::task::PROGRESS;
use super::{EXPORT, digest_of};
use crate::note::{Policy, SignedNote};
use crate::outcome::{Altered, TAKE_ANOTHER};

pub(crate) const MANIFEST: &str = "manifest.note";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// The log's name.
    pub(crate) origin: String,
    pub(crate) file: String,
    /// The first position.
    pub(crate) first: u64,
    pub(crate) events: u64,
    pub(crate) bytes: u64,
    /// Of the file, in hexadecimal digits.
    pub(crate) sha256: String,
    /// Of the RFC 6962 tree over the events' canonical bytes.
    pub(crate) root: String,
    /// What older releases did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) made: Option<Made>,
}

/// From what, by what and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// The whole log's up to the last event that is here, as a signed note.
    pub(crate) checkpoint: String,
    /// Of the tree over what is in front of the first event that is here: with them the events' hashes
    /// come to the checkpoint's root.
    pub(crate) before: Vec<String>,
    pub(crate) query: Query,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: String,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Query {
    pub(crate) after: u64,
    pub(crate) up_to: Option<u64>,
}

impl Manifest {
    pub(crate) const FORMAT: &str = "strategos-export/1";

    /// The note's text.
    pub(crate) fn to_text(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Of the export in a folder, if it has the signatures it needs.
    pub(crate) fn believed(folder: &Path, policy: &Policy) -> anyhow::Result<Self> {
        let path = folder.join(MANIFEST);
        let begun = [EXPORT.marker, PROGRESS].map(|name| folder.join(name));
        ensure!(
            path.exists() || !begun.iter().any(|file| file.exists()),
            "the export in {} is not whole: the command that wrote it goes on with it",
            folder.display()
        );
        let text = SignedNote::text_of(&path)?;
        let believed = || {
            let note = SignedNote::parse(&text)?;
            policy.require_signatures(&note)?;
            Self::parse(note.text())
        };
        believed().with_context(|| format!("{} is not believed", path.display()))
    }

    /// In what the file is not the one that was signed. Cheaper than reading its events, and safe
    /// whoever wrote it.
    pub(crate) fn difference(&self, file: &Path) -> anyhow::Result<Option<String>> {
        let (bytes, sha256) = digest_of(file)?;
        if bytes == self.bytes && sha256 == self.sha256 {
            return Ok(None);
        }
        let length = if bytes == self.bytes {
            String::new()
        } else {
            format!(", of {bytes} bytes where {} were signed", self.bytes)
        };
        Ok(Some(format!(
            "{}: the file is not the one that the manifest was signed for{length}",
            file.display()
        )))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let manifest: Self = serde_json::from_str(text)
            .with_context(|| Altered(format!("the note is not a manifest: {TAKE_ANOTHER}")))?;
        ensure!(
            manifest.format == Self::FORMAT,
            "the export is of the format {}: read it with the release that wrote it",
            manifest.format
        );
        Ok(manifest)
    }
}

//! What an export holds, as its signer says.

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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

    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let manifest: Self = serde_json::from_str(text).context("the note is no manifest")?;
        ensure!(
            manifest.format == Self::FORMAT,
            "the export is of the format {}: read it with the release that wrote it",
            manifest.format
        );
        Ok(manifest)
    }
}

//! An exported history that is read like any other log.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;

use crate::export::Package;
use crate::note::{Policy, VerifyingKey};
use crate::outcome::Altered;
use crate::scratch::no_room;

/// Held against its manifest, then put into a file of the system's temporary folder, so that memory
/// stays flat; gone when dropped.
#[derive(Debug)]
pub(crate) struct Exported {
    pub(crate) url: String,
    /// Deleted with the log.
    _folder: TempDir,
}

impl Exported {
    pub(crate) async fn unpack(folder: &Path, keys: &[VerifyingKey]) -> anyhow::Result<Self> {
        ensure!(
            !keys.is_empty(),
            "{} is an export: say whose to believe, --export-key, with what keygen wrote into the file that ends in .pub",
            folder.display()
        );
        let package = Package::open(folder, &Policy::any_of(keys))?;
        let scratch = tempfile::tempdir()
            .context("no temporary folder can be made: TMPDIR says where, and it needs room")?;
        let url = format!("sqlite:{}", scratch.path().join("log.sqlite").display());
        let target = event_store::restore_into(&url).await;
        let mut target = target.with_context(|| no_room(scratch.path()))?;
        let wrong = package.read_into(target.as_mut()).await?;
        if !wrong.is_empty() {
            bail!(Altered(format!(
                "{} is not what its manifest was signed for: {}",
                folder.display(),
                wrong.join("; ")
            )));
        }
        let finished = target.finish().await;
        finished.with_context(|| no_room(scratch.path()))?;
        Ok(Self {
            url,
            _folder: scratch,
        })
    }
}

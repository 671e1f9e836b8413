//! Verifies an export with nothing but its folder and a public key.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use chrono::SecondsFormat;
use clap::Args;
use event_store::canonical_bytes;

use crate::audit::Findings;
use crate::export::{Made, Manifest, Source};
use crate::merkle::{Frontier, Hash, base64, from_base64, leaf_hash};
use crate::note::{Checkpoint, Policy, SignedNote};
use crate::outcome::Outcome;
use crate::unused::NoLog;

/// Verify an export of any format and range; needs no database
///
/// The manifest's signature, the file's digest, the events' count, positions and root, and that they
/// stand in the log where the signed checkpoint in the manifest says: their hashes, behind those of
/// what is in front of them, come to the checkpoint's root.
///
/// strategos-replay check-export november --public-key audit.key.pub
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct CheckExport {
    /// What export wrote
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[command(flatten)]
    policy: Policy,
    #[command(flatten)]
    _unused: NoLog,
}

impl CheckExport {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Outcome> {
        let manifest = Manifest::believed(&self.folder, &self.policy)?;
        let mut findings = Findings::default();
        let mut tree = Frontier::default();
        let mut whole = match &manifest.made {
            Some(made) => before(&manifest, made)?,
            None => None,
        };
        let path = self.folder.join(&manifest.file);
        if let Some(difference) = manifest.difference(&path)? {
            // What somebody else wrote is not worth parsing
            findings.add(difference);
            findings.print(out)?;
            return Ok(Outcome::Wrong);
        }
        let read = Source::named(&manifest.file)?.read(&path, &mut |event| {
            let expected = manifest.first + tree.size();
            if event.position.0 != expected {
                findings.add(format!(
                    "position {} stands where {expected} should",
                    event.position
                ));
            }
            let leaf = leaf_hash(&canonical_bytes(&event));
            tree.push(leaf);
            if let Some(whole) = &mut whole {
                whole.push(leaf);
            }
            Ok(())
        });
        if let Err(error) = read {
            let told = domain::ErrorChain(error.as_ref());
            findings.add(format!(
                "{} cannot be read behind {} events: {told}",
                path.display(),
                tree.size()
            ));
        }
        if tree.size() != manifest.events {
            let (are, said) = (tree.size(), manifest.events);
            findings.add(format!("there are {are} events, the manifest says {said}"));
        }
        if base64(&tree.root()) != manifest.root {
            findings.add("the events have another root than was signed".to_owned());
        }
        let checkpoint = self.checkpoint(&manifest, whole.as_ref(), &mut findings)?;
        findings.print(out)?;
        if findings.is_empty() {
            tell(&manifest, checkpoint.as_ref(), out)?;
        }
        Ok(Outcome::of(findings.is_empty()))
    }

    /// What the manifest says of the whole log, held against the events.
    fn checkpoint(
        &self,
        manifest: &Manifest,
        whole: Option<&Frontier>,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<Checkpoint>> {
        let (Some(made), Some(whole)) = (&manifest.made, whole) else {
            return Ok(None);
        };
        let believed = SignedNote::parse(&made.checkpoint);
        let believed = believed.and_then(|note| self.policy.believe(&note));
        let checkpoint = believed.with_context(|| {
            format!(
                "the checkpoint in the manifest of {} is not believed",
                self.folder.display()
            )
        })?;
        let same = checkpoint.size == whole.size() && checkpoint.root == whole.root();
        if !same {
            findings.add(
                "the events do not stand in the log that the manifest's checkpoint was signed over"
                    .to_owned(),
            );
        }
        Ok(Some(checkpoint))
    }
}

fn tell(
    manifest: &Manifest,
    checkpoint: Option<&Checkpoint>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(
        out,
        "ok      {} events from position {} on, root {}",
        manifest.events, manifest.first, manifest.root
    )?;
    match (&manifest.made, checkpoint) {
        (Some(made), Some(checkpoint)) => writeln!(
            out,
            "ok      they end the first {} events of the log {}, root {}; written at {} by {}",
            checkpoint.size,
            checkpoint.origin,
            base64(&checkpoint.root),
            made.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            made.by
        )?,
        _ => writeln!(
            out,
            "        the manifest is of a release that signed no checkpoint with it: where they stand in the log is not proven"
        )?,
    }
    Ok(())
}

/// The tree over what is in front of the first event.
fn before(manifest: &Manifest, made: &Made) -> anyhow::Result<Option<Frontier>> {
    let peaks = made.before.iter().map(|peak| from_base64(peak));
    let peaks: Option<Vec<Hash>> = peaks.collect();
    let size = manifest.first.saturating_sub(1);
    let tree = peaks.and_then(|peaks| Frontier::from_peaks(size, peaks));
    let tree = tree.context("the manifest does not say what is in front of its first event")?;
    Ok(Some(tree))
}

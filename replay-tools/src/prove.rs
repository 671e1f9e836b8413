//! Writes proofs that hold without the database.

use std::fmt::Display;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::ensure;
use clap::Args;
use event_store::{StoredRows, canonical_bytes};

use crate::audit::{Findings, Pass, SignedRoot};
use crate::find_event::EventName;
use crate::merkle::{Hash, Subtrees, consistency_path, inclusion_path};
use crate::note::{Checkpoint, Policy, SignedNote};
use crate::out_folder;
use crate::outcome::Outcome;
use crate::proof::{ConsistencyProof, InclusionProof};

/// Write a proof that an event is in the log, for check-proof to verify without the database
///
/// The proof holds the whole event, its place, and the checkpoint that it is held against (C2SP
/// tlog-proof). With --since instead of an event: a proof that the checkpoint's log begins with all
/// that an older checkpoint covered. That file is also what a witness is asked with (the body of
/// C2SP tlog-witness' add-checkpoint).
///
/// strategos-replay prove 4711 --checkpoint 5000.checkpoint --public-key audit.key.pub --out 4711.tlog-proof
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES, override_usage = "strategos-replay prove <EVENT> --checkpoint <FILE> --out <FILE> --public-key <KEY>\n       strategos-replay prove --since <FILE> --checkpoint <FILE> --out <FILE> --public-key <KEY>")]
pub(crate) struct Prove {
    /// The event: its position or its id
    #[arg(required_unless_present = "since", conflicts_with = "since")]
    event: Option<EventName>,
    /// Prove consistency with this older checkpoint
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// The checkpoint to prove against; the event must be among those it covers
    #[arg(long, value_name = "FILE")]
    checkpoint: PathBuf,
    /// Where to write the proof
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    policy: Policy,
}

impl Prove {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let (note, checkpoint) = self.policy.read(&self.checkpoint)?;
        match (&self.event, &self.since) {
            (Some(event), _) => self.inclusion(log, *event, note, &checkpoint, out).await,
            (None, Some(older)) => self.consistency(log, older, note, &checkpoint, out).await,
            (None, None) => anyhow::bail!("say which event to prove, or --since which checkpoint"),
        }
    }

    async fn inclusion(
        &self,
        log: Arc<dyn StoredRows>,
        event: EventName,
        note: SignedNote,
        checkpoint: &Checkpoint,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let event = event.find(log.as_ref()).await?;
        let index = event.position.0 - 1;
        ensure!(
            index < checkpoint.size,
            "the checkpoint was signed when the log had {} events: take a later one for position {}",
            checkpoint.size,
            event.position
        );
        let wanted = inclusion_path(index, checkpoint.size);
        let path = self.path(log, checkpoint, wanted).await?;
        let proof = path.map(|path| InclusionProof {
            event: canonical_bytes(&event),
            index,
            path,
            checkpoint: note,
        });
        // A row that changed between the two readings would make a proof of nothing
        let proof = proof.and_then(|proof| {
            let mut changed = Findings::default();
            changed.add(format!(
                "the event at position {} changed just now",
                event.position
            ));
            proof.holds(checkpoint).then_some(proof).ok_or(changed)
        });
        self.write(proof, out)
    }

    async fn consistency(
        &self,
        log: Arc<dyn StoredRows>,
        older: &Path,
        note: SignedNote,
        checkpoint: &Checkpoint,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let (_, older) = self.policy.read(older)?;
        ensure!(
            older.size <= checkpoint.size,
            "the checkpoint is the older one: give it as --since and the other as --checkpoint"
        );
        let wanted = consistency_path(older.size, checkpoint.size);
        let path = self.path(log, checkpoint, wanted).await?;
        let proof = path.map(|path| ConsistencyProof {
            old: older.size,
            path,
            checkpoint: note,
        });
        let proof = proof.and_then(|proof| {
            let mut other = Findings::default();
            other.add("the older checkpoint is of another history than the newer one".to_owned());
            proof
                .holds(&older, checkpoint)
                .then_some(proof)
                .ok_or(other)
        });
        self.write(proof, out)
    }

    /// The hashes of these subtrees, if the log is what the checkpoint says.
    async fn path(
        &self,
        log: Arc<dyn StoredRows>,
        checkpoint: &Checkpoint,
        wanted: Vec<Range<u64>>,
    ) -> anyhow::Result<Result<Vec<Hash>, Findings>> {
        let signed_root = SignedRoot {
            name: self.checkpoint.display().to_string(),
            size: checkpoint.size,
            root: checkpoint.root,
        };
        let mut subtrees = Subtrees::new(wanted);
        let mut pass = Pass::new(vec![signed_root], None);
        pass.over(log, &mut |row| {
            subtrees.push(row.leaf().unwrap_or_default());
            Ok(())
        })
        .await?;
        Ok(if pass.findings.is_empty() {
            Ok(subtrees.hashes())
        } else {
            Err(pass.findings)
        })
    }

    fn write(
        &self,
        proof: Result<impl Display, Findings>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        match proof {
            Ok(proof) => {
                out_folder::create(&self.out, &proof.to_string())?;
                writeln!(out, "written to {}", self.out.display())?;
                Ok(Outcome::Fine)
            }
            Err(findings) => {
                findings.print(out)?;
                writeln!(out, "nothing can be proven of a log that was altered")?;
                Ok(Outcome::Wrong)
            }
        }
    }
}

//! Whether the log is what was signed.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use event_store::StoredRows;

use crate::audit::{Answers, CheckpointFolder, Findings, Leaves, Pass, SignedRoot, signed_root};
use crate::note::Policy;
use crate::outcome::Outcome;

/// Check every row of the log, and that it still is what checkpoints were signed over
///
/// Without checkpoints: positions and versions without gaps, times that never fall, no row that
/// readers would not see. This finds clumsy edits.
///
/// With checkpoints, kept where whoever can write to the database cannot: any row that was changed,
/// removed, inserted or moved since. Two checkpoints that both hold are consistent: the later log
/// begins with the earlier one. Where the folder has the leaf hashes that `checkpoint` writes, the
/// very positions are named; without them the nearest checkpoints on both sides.
///
/// strategos-replay verify log --checkpoints /media/audit --public-key /media/audit/log.pub
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct VerifyLog {
    /// A folder that `checkpoint` wrote: all checkpoints in it, and the leaf hashes
    #[arg(long, value_name = "FOLDER")]
    checkpoints: Option<PathBuf>,
    /// A single checkpoint (may be repeated)
    #[arg(long = "checkpoint", value_name = "FILE")]
    single: Vec<PathBuf>,
    /// Leaf hashes, where they are not in the folder
    #[arg(long, value_name = "FILE")]
    leaves: Option<PathBuf>,
    #[command(flatten)]
    policy: Policy,
}

impl VerifyLog {
    pub(super) fn without_checkpoints() -> Self {
        Self {
            checkpoints: None,
            single: vec![],
            leaves: None,
            policy: Policy::default(),
        }
    }

    pub(super) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        self.with_answers(log, None, out).await
    }

    pub(super) async fn with_answers(
        &self,
        log: Arc<dyn StoredRows>,
        mut answers: Option<Answers>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let mut disbelieved = Findings::default();
        let (signed_roots, leaves) = self.evidence(&mut disbelieved)?;
        let unsigned = signed_roots.is_empty();
        let mut pass = Pass::new(signed_roots, leaves);
        match &mut answers {
            Some(answers) => pass.with_answers(log, answers).await?,
            None => pass.over(log, &mut |_| Ok(())).await?,
        }
        disbelieved.print(out)?;
        let believed = Outcome::of(disbelieved.is_empty());
        let mut outcome = pass.print(out)?.and(believed);
        if let Some(answers) = &mut answers {
            let held = answers.finish();
            answers.findings.print(out)?;
            let fine = answers.findings.is_empty();
            if fine {
                writeln!(
                    out,
                    "ok      {held} answers to idempotency keys name their events"
                )?;
            }
            outcome = outcome.and(Outcome::of(fine));
        }
        pass.print_size(out)?;
        if unsigned {
            writeln!(
                out,
                "no checkpoint was given: careful edits would not be seen (strategos-replay checkpoint --help)"
            )?;
        }
        Ok(outcome)
    }

    /// What the log is held against.
    fn evidence(
        &self,
        disbelieved: &mut Findings,
    ) -> anyhow::Result<(Vec<SignedRoot>, Option<Leaves>)> {
        let mut files = self.single.clone();
        let mut leaves = self.leaves.as_deref().map(Leaves::open).transpose()?;
        if let Some(folder) = &self.checkpoints {
            let kept = CheckpointFolder::at(folder);
            files.extend(kept.files()?);
            if leaves.is_none() {
                leaves = kept.leaves()?;
            }
            anyhow::ensure!(
                !files.is_empty(),
                "{} holds no checkpoint: strategos-replay checkpoint makes one",
                folder.display()
            );
        }
        let mut signed_roots = Vec::new();
        let mut first_error = None;
        for file in &files {
            match signed_root(&self.policy, file) {
                Ok(signed_root) => signed_roots.push(signed_root),
                // One that is not to be believed does not keep the others from being held against the log
                Err(error) => {
                    disbelieved.add(domain::ErrorChain(error.as_ref()).to_string());
                    first_error.get_or_insert(error);
                }
            }
        }
        match first_error {
            Some(error) if signed_roots.is_empty() => Err(error),
            _ => Ok((signed_roots, leaves)),
        }
    }
}

//! Verifies a proof with nothing but the proof and a public key.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde_json::Value;

use crate::human_line::plain;
use crate::note::{Checkpoint, Policy, SignedNote};
use crate::outcome::Outcome;
use crate::proof::{ConsistencyProof, InclusionProof, Proof};
use crate::unused::NoLog;

/// Verify a proof that prove wrote; needs no database
///
/// Prints the event that is proven, as the log holds it. A proof of consistency needs the older
/// checkpoint as well.
///
/// strategos-replay check-proof 4711.tlog-proof --public-key audit.key.pub
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct CheckProof {
    /// The proof
    #[arg(value_name = "FILE")]
    proof: PathBuf,
    /// The older checkpoint, for a proof of consistency
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    #[command(flatten)]
    policy: Policy,
    #[command(flatten)]
    _unused: NoLog,
}

impl CheckProof {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Outcome> {
        let text = SignedNote::text_of(&self.proof)?;
        match Proof::parse(&text).with_context(|| self.not_believed())? {
            Proof::Inclusion(proof) => self.inclusion(&proof, out),
            Proof::Consistency(proof) => self.consistency(&proof, out),
        }
    }

    fn not_believed(&self) -> String {
        format!("{} is not believed", self.proof.display())
    }

    fn believe(&self, note: &SignedNote) -> anyhow::Result<Checkpoint> {
        let believed = self.policy.believe(note);
        believed.with_context(|| self.not_believed())
    }

    fn inclusion(&self, proof: &InclusionProof, out: &mut dyn Write) -> anyhow::Result<Outcome> {
        let checkpoint = self.believe(&proof.checkpoint)?;
        if !proof.holds(&checkpoint) {
            writeln!(
                out,
                "FAILED  {}: the event, its place or the proof was altered: the log that was signed does not hold it",
                plain(&self.proof.display().to_string())
            )?;
            return Ok(Outcome::Wrong);
        }
        let event: Value = serde_json::from_slice(&proof.event)
            .context("the log that was signed holds something here that is not an event")?;
        writeln!(out, "{}", serde_json::to_string_pretty(&event)?)?;
        writeln!(
            out,
            "ok      the event is number {} of {} in the log {}",
            proof.index + 1,
            checkpoint.size,
            checkpoint.origin
        )?;
        Ok(Outcome::Fine)
    }

    fn consistency(
        &self,
        proof: &ConsistencyProof,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let since = self.since.as_ref();
        let since = since
            .context("this proves consistency with an older checkpoint: give it as --since")?;
        let (_, older) = self.policy.read(since)?;
        let checkpoint = self.believe(&proof.checkpoint)?;
        let holds = proof.holds(&older, &checkpoint);
        if holds {
            writeln!(
                out,
                "ok      the log of {} events begins with the {} of the older checkpoint",
                checkpoint.size, older.size
            )?;
        } else {
            writeln!(
                out,
                "FAILED  the log of {} events does not begin with the {} of the older checkpoint",
                checkpoint.size, older.size
            )?;
        }
        Ok(Outcome::of(holds))
    }
}

//! Puts an exported history into an empty log.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::database::Database;
use crate::export::Package;
use crate::note::Policy;
use crate::outcome::Outcome;

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
        let package = Package::open(&self.folder, &self.policy)?;
        let mut target = event_store::restore_into(database.url()?).await?;
        let wrong = package.read_into(target.as_mut()).await?;
        if wrong.is_empty() {
            target.finish().await?;
            let manifest = &package.manifest;
            writeln!(out, "{} events, root {}", manifest.events, manifest.root)?;
            return Ok(Outcome::Fine);
        }
        for difference in wrong {
            writeln!(out, "FAILED  {difference}")?;
        }
        writeln!(out, "nothing was imported")?;
        Ok(Outcome::Wrong)
    }
}

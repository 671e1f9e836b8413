//! Checks of what must be true.

mod log;
mod projections;

pub(crate) use projections::VerifyProjections;

use std::io::Write;

use clap::{Args, Subcommand};
use event_store::{EventLog, StoredRows};

use crate::check_events::CheckEvents;
use crate::database::Database;
use crate::outcome::Outcome;

/// Check that the log is what was recorded, and that the tables tell what the log tells
///
/// Alone: the order of the log, the database's own health, and that every event can be read.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES, args_conflicts_with_subcommands = true)]
pub(crate) struct Verify {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    Log(log::VerifyLog),
    Projections(projections::VerifyProjections),
}

impl Verify {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        match &self.what {
            None => all(database, out).await,
            Some(What::Log(log)) => log.run(database.as_stored().await?, out).await,
            Some(What::Projections(projections)) => projections.run(database, out).await,
        }
    }
}

async fn all(database: &Database, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let log = database.as_stored().await?;
    let readable = CheckEvents::default().run(log.clone(), out).await?;
    let healthy = health(log.as_ref(), out).await?;
    let in_order = log::VerifyLog::without_checkpoints().run(log, out).await?;
    Ok(in_order.and(readable).and(healthy))
}

async fn health(log: &dyn StoredRows, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for line in EventLog::health(log).await? {
        let verdict = if line.healthy { "ok    " } else { "FAILED" };
        writeln!(out, "{verdict}  {}: {}", line.check, line.finding)?;
        outcome = outcome.and(Outcome::of(line.healthy));
    }
    Ok(outcome)
}

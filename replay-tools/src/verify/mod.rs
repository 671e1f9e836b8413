//! Checks of what must be true.

mod log;
mod projections;
mod snapshots;

pub(crate) use projections::VerifyProjections;

use std::io::Write;

use clap::{Args, Subcommand};
use event_store::{EventLog, StoredRows};

use crate::audit::Answers;
use crate::check_events::CheckEvents;
use crate::database::Database;
use crate::human_line::plain;
use crate::outcome::Outcome;

/// Check that the log is what was recorded, and that the tables tell what the log tells
///
/// Alone: the order of the log, the database's own health, that every event can be read, that requests
/// with an idempotency key have the answers they were given, and that saved states are what their
/// events make.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES, args_conflicts_with_subcommands = true)]
pub(crate) struct Verify {
    /// The history up to this position was imported: an import brings no answers to idempotency keys
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    imported: u64,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    Log(log::VerifyLog),
    Projections(projections::VerifyProjections),
    Snapshots(snapshots::VerifySnapshots),
}

impl Verify {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        match &self.what {
            None => self.all(database, out).await,
            Some(What::Log(log)) => log.run(database.as_stored().await?, out).await,
            Some(What::Projections(projections)) => projections.run(database, out).await,
            Some(What::Snapshots(snapshots)) => snapshots.run(database.as_read().await?, out).await,
        }
    }

    async fn all(&self, database: &Database, out: &mut dyn Write) -> anyhow::Result<Outcome> {
        let log = database.as_stored().await?;
        let readable = CheckEvents::default().run(log.clone(), out).await?;
        let healthy = health(log.as_ref(), out).await?;
        let snapshots = snapshots::VerifySnapshots::default();
        let snapshots = snapshots.run(database.as_read().await?, out).await?;
        // Answers are no part of an export
        let answers = if database.is_export()? {
            None
        } else {
            Some(Answers::read(log.as_ref(), self.imported).await?)
        };
        let order = log::VerifyLog::without_checkpoints();
        let in_order = order.with_answers(log, answers, out).await?;
        Ok(in_order.and(readable).and(healthy).and(snapshots))
    }
}

async fn health(log: &dyn StoredRows, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for line in EventLog::health(log).await? {
        let verdict = if line.healthy { "ok    " } else { "FAILED" };
        writeln!(out, "{verdict}  {}: {}", line.check, plain(&line.finding))?;
        outcome = outcome.and(Outcome::of(line.healthy));
    }
    Ok(outcome)
}

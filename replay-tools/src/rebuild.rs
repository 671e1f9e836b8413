//! Builds read tables anew from the log, beside the live ones, and swaps them in.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use anyhow::Context;
use clap::Args;
use domain::clock::Clock;
use domain::projection::{Projection, ProjectionCommand};
use domain::refuse_unfit_reason;
use event_store::{Actor, CommandGateway, EventLog, Metadata, Role, Source};
use projections::Tables;
use projections::projector::{Projector, RebuildProgress, names};
use uuid::Uuid;

use crate::clock::SystemClock;
use crate::database::Database;
use crate::outcome::Outcome;
use crate::progress;
use crate::whole::require_whole;

/// Build read tables anew from the log, beside the live ones; a parked projection goes on
///
/// The server may run meanwhile: its readers see the old table until the new one has caught up. Who
/// did it and why is recorded in the log, as for a rebuild through the API, so this is the one
/// command that needs the right to write. An interrupted rebuild leaves the live table as it was; the
/// next one goes on where it was, if it is by the same build of this program. From a log that misses
/// events nothing is built.
///
/// strategos-replay rebuild --reason "verify projections found a difference"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Rebuild {
    /// Which table; all of them without one
    #[arg(value_parser = names().to_vec())]
    projection: Option<String>,
    /// Why; recorded
    #[arg(long, value_parser = reason)]
    reason: String,
    /// Who; recorded
    #[arg(
        long = "as",
        value_name = "NAME",
        env = "USER",
        default_value = "operator"
    )]
    name: String,
    /// The tables' database, where it is not the log's
    #[arg(
        long,
        env = "STRATEGOS_TABLES_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    tables: Option<String>,
}

fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("say why: it goes into the history".to_owned());
    }
    refuse_unfit_reason(text).map_err(|unfit| unfit.to_string())?;
    Ok(text.to_owned())
}

impl Rebuild {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        // Also before the rebuild is recorded: nothing may be put in the place of a table that is right
        let stored = database.as_stored().await?;
        require_whole(stored.as_ref(), stored.head().await?.0).await?;
        stored.close().await;
        let log = event_store::open(database.url()?, Arc::new(SystemClock)).await?;
        let tables = Tables::connect(&database.tables(self.tables.as_deref())?).await?;
        tables.migrate().await?;
        let projector = Projector::new(tables.clone(), log.clone(), Arc::new(SystemClock));
        for name in names() {
            let wanted = self.projection.as_deref();
            if wanted.is_none_or(|wanted| wanted == name) {
                self.record(&log, name).await?;
                let (began, head) = rebuild(&projector, log.as_ref(), name).await?;
                if began > 0 {
                    writeln!(
                        out,
                        "{name}: went on behind position {began}, where a rebuild was interrupted"
                    )?;
                }
                writeln!(out, "{name}: rebuilt from {head} events")?;
            }
        }
        tables.close().await;
        log.close().await;
        Ok(Outcome::Fine)
    }

    /// Before it is done, as the API does.
    async fn record(&self, log: &Arc<dyn EventLog>, projection: &str) -> anyhow::Result<()> {
        let gateway = CommandGateway::<Projection>::new(log.clone(), ());
        let actor = Actor::new(self.name.as_str(), Role::Operator);
        let metadata = Metadata::new(actor, Source::CommandLine, Uuid::new_v4());
        let command = ProjectionCommand::Rebuild {
            projection: projection.to_owned(),
            at: SystemClock.now(),
        };
        let recorded = gateway.execute(projection, command, metadata.because(&self.reason));
        recorded.await.context(
            "the rebuild could not be recorded, so it was not begun: it needs a user with the right to write to the log",
        )?;
        Ok(())
    }
}

/// Where it began and where it ended.
async fn rebuild(
    projector: &Projector,
    log: &dyn EventLog,
    name: &str,
) -> anyhow::Result<(u64, u64)> {
    let head = log.head().await?.0;
    let bar = progress::bar(head, name)?;
    let began = OnceLock::new();
    let tell = |at: RebuildProgress| {
        began.get_or_init(|| at.position.0);
        bar.set_position(at.position.0);
    };
    let rebuilt = projector.rebuild(name, &tell).await;
    bar.finish_and_clear();
    rebuilt?;
    let began = began.into_inner().unwrap_or_default();
    Ok((began, head))
}

//! Builds read tables anew from the log, beside the live ones, and swaps them in.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use event_store::EventLog;
use projections::Tables;
use projections::projector::{Projector, names};

use crate::Database;
use crate::clock::SystemClock;
use crate::outcome::Outcome;

/// Build read tables anew from the log, beside the live ones; a parked projection goes on
///
/// The server may run meanwhile: its readers see the old table until the new one has caught up.
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    /// Which table; all of them without one
    #[arg(value_parser = names().to_vec())]
    projection: Option<String>,
    /// The tables' database, where it is not the log's
    #[arg(long, env = "STRATEGOS_TABLES_URL", value_name = "URL")]
    tables: Option<String>,
}

impl Rebuild {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let log_url = database.url()?;
        let log: Arc<dyn EventLog> = database.as_read().await?;
        let tables = Tables::connect(self.tables.as_deref().unwrap_or(log_url)).await?;
        tables.migrate().await?;
        let projector = Projector::new(tables.clone(), log.clone(), Arc::new(SystemClock));
        let head = log.head().await?;
        for name in names() {
            if self
                .projection
                .as_deref()
                .is_none_or(|wanted| wanted == name)
            {
                projector.rebuild(name, &|_| ()).await?;
                writeln!(out, "{name}: rebuilt from {head} events")?;
            }
        }
        tables.close().await;
        Ok(Outcome::Fine)
    }
}

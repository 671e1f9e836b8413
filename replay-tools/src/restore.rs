//! Puts a backup into an empty database, and proves that it is what was backed up.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use event_store::{StoredRows, Upcasters};
use projections::{Projector, Tables};

use crate::audit::{Pass, Promise, Shelf, promise};
use crate::backup::log_in;
use crate::clock::SystemClock;
use crate::database::Database;
use crate::note::Policy;
use crate::outcome::Outcome;
use crate::transfer;
use crate::verify::VerifyProjections;

/// Put a backup into an empty database of either kind, make its tables, and check all of it
///
/// Nothing is restored unless the backup is what its checkpoint was signed for: all of it is one
/// transaction. Afterwards the restored log is read and held against the checkpoint, and the tables are
/// made and compared with what the log makes: as `verify log` and `verify projections` do.
///
/// strategos-replay --database "$NEW" restore /media/backup/monday --public-key audit.key.pub
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Restore {
    /// What backup wrote
    folder: PathBuf,
    /// The tables' database, where it is not to be the log's
    #[arg(long, env = "STRATEGOS_TABLES_URL", value_name = "URL")]
    tables: Option<String>,
    #[command(flatten)]
    policy: Policy,
}

impl Restore {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let promises = self.promises()?;
        let signed = promises.last().context("the backup has no checkpoint")?;
        let source = event_store::open_to_read(&log_in(&self.folder), Upcasters::none()).await?;
        let found = self.pass(source.clone(), promises.clone()).await?;
        let size = source.head().await?.0;
        ensure!(
            size == signed.size,
            "the backup has {size} events, but {} were signed",
            signed.size
        );
        if !found.findings.is_empty() {
            found.print(out)?;
            writeln!(
                out,
                "nothing was restored: the backup is not what was signed"
            )?;
            return Ok(Outcome::Wrong);
        }
        let mut target = event_store::restore_into(database.url()?).await?;
        let tree = transfer::events(source.clone(), target.as_mut()).await?;
        let answers = transfer::answers(source.as_ref(), target.as_mut(), &tree).await?;
        target.finish().await?;
        writeln!(out, "{} events and {answers} answers restored", tree.size())?;

        let restored = database.as_stored().await?;
        let restored = self.pass(restored, promises).await?.print(out)?;
        self.make_tables(database).await?;
        let tables = VerifyProjections::all(self.tables.clone());
        Ok(tables.run(database, out).await?.and(restored))
    }

    /// By size.
    fn promises(&self) -> anyhow::Result<Vec<Promise>> {
        let files = Shelf::at(&self.folder).files()?;
        let promises = files.iter().map(|file| promise(&self.policy, file));
        promises.collect()
    }

    async fn pass(&self, log: Arc<dyn StoredRows>, promises: Vec<Promise>) -> anyhow::Result<Pass> {
        let leaves = Shelf::at(&self.folder).leaves()?;
        let mut pass = Pass::new(promises, leaves);
        pass.over(log, &mut |_| Ok(())).await?;
        Ok(pass)
    }

    /// As a server would when it starts.
    async fn make_tables(&self, database: &Database) -> anyhow::Result<()> {
        let url = self.tables.as_deref().map_or_else(|| database.url(), Ok)?;
        let tables = Tables::connect(url).await?;
        tables.migrate().await?;
        let log = database.as_read().await?;
        let projector = Projector::new(tables.clone(), log, Arc::new(SystemClock));
        projector.catch_up_all().await?;
        tables.close().await;
        Ok(())
    }
}

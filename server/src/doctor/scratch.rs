//! Tables that are made for one look and thrown away.

use std::sync::Arc;

use anyhow::Context;
use event_store::EventLog;
use projections::{Projector, Tables};
use tempfile::TempDir;

use crate::stores::clock;

#[derive(Debug)]
pub(super) struct Scratch {
    tables: Tables,
    /// Deleted with the tables.
    _folder: TempDir,
}

impl Scratch {
    /// As the log says they should be.
    pub(super) async fn of(log: Arc<dyn EventLog>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()
            .context("no temporary folder can be made: TMPDIR says where, and it needs room")?;
        let file = folder.path().join("scratch.sqlite");
        let tables = Tables::connect(&format!("sqlite:{}", file.display())).await?;
        tables.migrate().await?;
        let projector = Projector::new(tables.clone(), log, clock());
        projector.catch_up_all().await?;
        Ok(Self {
            tables,
            _folder: folder,
        })
    }

    pub(super) fn tables(&self) -> &Tables {
        &self.tables
    }
}

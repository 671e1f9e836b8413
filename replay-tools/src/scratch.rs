//! Tables that are made for one question and thrown away.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use event_store::{EventLog, PastLog, Position};
use projections::{Projector, ProjectorError, Tables};
use tempfile::TempDir;

use crate::clock::SystemClock;

/// In a file of the system's temporary folder, so that memory stays flat; gone when dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub(crate) tables: Tables,
    /// Deleted with the tables.
    folder: TempDir,
}

impl Scratch {
    pub(crate) async fn empty() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()
            .context("no temporary folder can be made: TMPDIR says where, and it needs room")?;
        let file = folder.path().join("scratch.sqlite");
        let made = async {
            let tables = Tables::connect(&format!("sqlite:{}", file.display())).await?;
            tables.migrate().await?;
            tables.drop_lookups().await?;
            anyhow::Ok(tables)
        };
        let tables = made.await.with_context(|| no_room(folder.path()))?;
        Ok(Self { tables, folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// These projections' tables as they were when `position` was the log's last.
    pub(crate) async fn as_of(
        log: Arc<dyn EventLog>,
        position: Position,
        projections: &[&str],
    ) -> anyhow::Result<Self> {
        let scratch = Self::empty().await?;
        let past = Arc::new(PastLog::new(log, position));
        let projector = Projector::new(scratch.tables.clone(), past, Arc::new(SystemClock));
        for projection in projections {
            let rebuilt = projector.rebuild(projection, &|_| ()).await;
            match rebuilt {
                // No other tables are written here
                Err(ProjectorError::Tables(error)) => {
                    return Err(error).with_context(|| no_room(scratch.folder.path()));
                }
                other => other?,
            }
        }
        Ok(scratch)
    }
}

/// The live tables are not what failed.
pub(crate) fn no_room(folder: &Path) -> String {
    format!(
        "the scratch file in {} cannot be written: it needs room, and TMPDIR says where it is",
        folder.display()
    )
}

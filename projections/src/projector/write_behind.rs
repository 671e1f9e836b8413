//! Writes one batch while the next is folded.

use tokio_util::task::AbortOnDropHandle;

use super::advance_error::AdvanceError;
use super::batch::Batch;
use crate::sql::BulkWriter;
use crate::tables::Tables;

type Writing<W> = AbortOnDropHandle<Result<W, AdvanceError>>;

#[derive(Debug)]
pub(super) struct WriteBehind<W> {
    tables: Tables,
    /// `None` while it writes, and after it failed.
    idle: Option<W>,
    writing: Option<Writing<W>>,
}

impl<W: BulkWriter> WriteBehind<W> {
    pub(super) fn new(tables: Tables, bulk: W) -> Self {
        Self {
            tables,
            idle: Some(bulk),
            writing: None,
        }
    }

    /// Begins to write, once the batch before is in the table.
    pub(super) async fn write(&mut self, batch: Batch<W::Format>) -> Result<(), AdvanceError> {
        self.written().await?;
        // A rebuild ends with its first failure
        let mut bulk = self.idle.take().ok_or(AdvanceError::Overtaken)?;
        let tables = self.tables.clone();
        let writing = tokio::spawn(async move {
            batch.write(&tables, &mut bulk).await?;
            Ok(bulk)
        });
        self.writing = Some(AbortOnDropHandle::new(writing));
        Ok(())
    }

    /// Waits until everything so far is in the table.
    pub(super) async fn written(&mut self) -> Result<(), AdvanceError> {
        if let Some(writing) = self.writing.take() {
            self.idle = Some(writing.await??);
        }
        Ok(())
    }

    pub(super) async fn close(mut self) -> Result<(), AdvanceError> {
        self.written().await?;
        match self.idle {
            Some(bulk) => Ok(bulk.close().await?),
            None => Ok(()),
        }
    }
}

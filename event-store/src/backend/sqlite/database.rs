//! What readers of the log ask the file.

use async_trait::async_trait;
use sqlx::SqlitePool;
use uuid::Uuid;

use super::rows::RowFile;
use super::{feed, health, read, snapshots};
use crate::backend::database_log::Database;
use crate::backend::trouble::Trouble;
use crate::error::AppendError;
use crate::log::{Appended, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot};
use crate::recorded::{Position, Recorded, StreamName};

#[derive(Debug)]
pub(crate) struct SqliteDatabase {
    pub(super) readers: SqlitePool,
    pub(super) rows: RowFile,
}

#[async_trait]
impl Database for SqliteDatabase {
    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        read::earlier_answer(&self.readers, idempotency).await
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, Trouble> {
        feed::feed(&self.rows, after, limit, filter).await
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, Trouble> {
        read::find_all(&self.readers, event_ids).await
    }

    async fn head(&self) -> Result<Position, Trouble> {
        read::head(&self.readers).await
    }

    async fn snapshot(&self, name: &StreamName, shape: &str) -> Result<Option<Snapshot>, Trouble> {
        snapshots::find(&self.readers, name, shape).await
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: &Snapshot) -> Result<(), Trouble> {
        snapshots::save(&self.readers, name, snapshot).await
    }

    async fn health(&self) -> Result<Vec<HealthLine>, Trouble> {
        health::check(&self.readers, self.rows.stands_still).await
    }

    async fn close(&self) {
        self.rows.close().await;
        self.readers.close().await;
    }
}

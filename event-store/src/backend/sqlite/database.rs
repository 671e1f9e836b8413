//! What readers of the log ask the file.

use std::fmt;
use std::sync::Arc;

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
    /// Where the log is, if this is a copy of it.
    pub(super) original: Option<Arc<dyn Original>>,
}

/// A log that is kept elsewhere.
#[async_trait]
pub(crate) trait Original: fmt::Debug + Send + Sync {
    /// Whether it can be asked and keeps what is acknowledged.
    async fn health(&self) -> HealthLine;
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

    async fn count_of(&self, types: &[String], at_most: usize) -> Result<usize, Trouble> {
        feed::count_of(&self.rows, types, at_most).await
    }

    async fn feed_of_few(
        &self,
        after: Position,
        limit: usize,
        types: &[String],
    ) -> Result<FeedPage, Trouble> {
        feed::feed_of_few(&self.rows, after, limit, types).await
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
        let mut lines = health::check(&self.readers, self.rows.stands_still).await?;
        if let Some(original) = &self.original {
            lines.retain(|line| line.check != health::ON_DISK);
            lines.push(original.health().await);
        }
        Ok(lines)
    }

    async fn close(&self) {
        self.rows.close().await;
        self.readers.close().await;
    }
}

//! What readers of the log ask: the mirror answers, once it holds what KurrentDB holds.

use std::sync::Arc;

use async_trait::async_trait;
use uuid::Uuid;

use super::mirroring::Mirroring;
use crate::backend::database_log::Database;
use crate::backend::group_load::{StreamReader, Wanted};
use crate::backend::sqlite::{SqliteDatabase, SqliteStreams};
use crate::backend::trouble::Trouble;
use crate::error::AppendError;
use crate::log::{Appended, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot};
use crate::recorded::{Position, Recorded, StreamName};

#[derive(Debug)]
pub(crate) struct KurrentDatabase {
    pub(super) mirroring: Arc<Mirroring>,
    pub(super) mirror: SqliteDatabase,
}

#[async_trait]
impl Database for KurrentDatabase {
    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        self.mirroring.catch_up().await?;
        self.mirror.earlier_answer(idempotency).await
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, Trouble> {
        // What others append is looked for all the time, so nobody waits for it here
        self.mirror.feed(after, limit, filter).await
    }

    async fn count_of(&self, types: &[String], at_most: usize) -> Result<usize, Trouble> {
        self.mirror.count_of(types, at_most).await
    }

    async fn feed_of_few(
        &self,
        after: Position,
        limit: usize,
        types: &[String],
    ) -> Result<FeedPage, Trouble> {
        self.mirror.feed_of_few(after, limit, types).await
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, Trouble> {
        self.mirroring.catch_up().await?;
        self.mirror.find_all(event_ids).await
    }

    async fn head(&self) -> Result<Position, Trouble> {
        self.mirroring.catch_up().await?;
        self.mirror.head().await
    }

    async fn snapshot(&self, name: &StreamName, shape: &str) -> Result<Option<Snapshot>, Trouble> {
        self.mirror.snapshot(name, shape).await
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: &Snapshot) -> Result<(), Trouble> {
        self.mirror.save_snapshot(name, snapshot).await
    }

    async fn health(&self) -> Result<Vec<HealthLine>, Trouble> {
        self.mirror.health().await
    }

    async fn close(&self) {
        self.mirror.close().await;
    }
}

#[derive(Debug)]
pub(crate) struct KurrentStreams {
    pub(super) mirroring: Arc<Mirroring>,
    pub(super) mirror: SqliteStreams,
}

#[async_trait]
impl StreamReader for KurrentStreams {
    async fn read(&self, wanted: &[Wanted]) -> Result<Vec<Vec<Recorded>>, Trouble> {
        self.mirroring.catch_up().await?;
        self.mirror.read(wanted).await
    }
}

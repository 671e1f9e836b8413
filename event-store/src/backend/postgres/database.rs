//! What readers of the log ask PostgreSQL.

use async_trait::async_trait;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use super::losses::Losses;
use super::{feed, health, read, snapshots};
use crate::backend::database_log::Database;
use crate::backend::trouble::Trouble;
use crate::error::AppendError;
use crate::log::{Appended, FeedFilter, FeedPage, HealthLine, Idempotency, Snapshot};
use crate::recorded::{Position, Recorded, StreamName};

#[derive(Debug)]
pub(crate) struct PostgresDatabase {
    pub(super) options: PgConnectOptions,
    pub(super) readers: PgPool,
    pub(super) losses: Losses,
}

#[async_trait]
impl Database for PostgresDatabase {
    async fn earlier_answer(
        &self,
        idempotency: &Idempotency,
    ) -> Result<Option<Appended>, AppendError> {
        let ask = || read::earlier_answer(&self.readers, idempotency);
        let earlier = self.losses.reading(ask).await?;
        earlier.map(|answer| answer.to(idempotency)).transpose()
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, Trouble> {
        let ask = || feed::feed(&self.readers, after, limit, filter);
        self.losses.reading(ask).await
    }

    async fn count_of(&self, types: &[String], at_most: usize) -> Result<usize, Trouble> {
        let ask = || feed::count_of(&self.readers, types, at_most);
        self.losses.reading(ask).await
    }

    async fn feed_of_few(
        &self,
        after: Position,
        limit: usize,
        types: &[String],
    ) -> Result<FeedPage, Trouble> {
        let ask = || feed::feed_of_few(&self.readers, after, limit, types);
        self.losses.reading(ask).await
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, Trouble> {
        let ask = || read::find_all(&self.readers, event_ids);
        self.losses.reading(ask).await
    }

    async fn head(&self) -> Result<Position, Trouble> {
        self.losses.reading(|| read::head(&self.readers)).await
    }

    async fn snapshot(&self, name: &StreamName, shape: &str) -> Result<Option<Snapshot>, Trouble> {
        let ask = || snapshots::find(&self.readers, name, shape);
        self.losses.reading(ask).await
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: &Snapshot) -> Result<(), Trouble> {
        snapshots::save(&self.readers, name, snapshot).await
    }

    async fn health(&self) -> Result<Vec<HealthLine>, Trouble> {
        health::check(&self.options, &self.readers).await
    }

    async fn close(&self) {
        self.readers.close().await;
    }
}

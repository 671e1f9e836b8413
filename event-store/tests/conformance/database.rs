//! A fresh database for each test, gone afterwards.

use std::future::Future;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::clock::FixedClock;
use event_store::{EventLog, Upcasters};

/// Where a test's log is. Each handle opened on it is what another process would be.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    pub(crate) url: String,
}

impl Database {
    pub(crate) async fn open(&self) -> Arc<dyn EventLog> {
        self.open_at(noon()).await
    }

    pub(crate) async fn open_at(&self, now: DateTime<Utc>) -> Arc<dyn EventLog> {
        let clock = Arc::new(FixedClock(now));
        event_store::open(&self.url, clock).await.unwrap()
    }

    pub(crate) async fn open_with(&self, upcasters: Upcasters) -> Arc<dyn EventLog> {
        let clock = Arc::new(FixedClock(noon()));
        let opened = event_store::open_with(&self.url, clock, upcasters).await;
        opened.unwrap()
    }
}

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-11-22T12:00:00.123456Z".parse().unwrap()
}

pub(crate) async fn on_sqlite<F, T>(case: F)
where
    F: FnOnce(Database) -> T,
    T: Future<Output = ()>,
{
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
    case(Database { url }).await;
}

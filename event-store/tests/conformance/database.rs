//! A fresh database for each test, gone afterwards.

use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::clock::FixedClock;
use event_store::{EventLog, Upcasters};
use futures::FutureExt;
use sqlx::{AnyConnection, Connection, Executor, PgConnection};
use uuid::Uuid;

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

    fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// What takes the log's own protection away.
    pub(crate) fn without_triggers(&self) -> &'static [&'static str] {
        if self.is_postgres() {
            &["DROP TRIGGER events_are_never_changed ON events"]
        } else {
            &[
                "DROP TRIGGER events_are_never_changed",
                "DROP TRIGGER events_are_never_removed",
            ]
        }
    }

    /// What somebody with a database client and bad intentions would do.
    pub(crate) async fn tamper(&self, statements: &[&str]) {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        // Once they are gone they stay gone
        for statement in self.without_triggers() {
            let _already_gone = connection.execute(*statement).await;
        }
        for &statement in statements {
            connection.execute(statement).await.unwrap();
        }
        connection.close().await.unwrap();
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

/// A server on which the tests may create and drop databases.
const SERVER: &str = "STRATEGOS_TEST_POSTGRES";

pub(crate) async fn on_postgres<F, T>(case: F)
where
    F: FnOnce(Database) -> T,
    T: Future<Output = ()>,
{
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!(
            "set {SERVER} to a PostgreSQL server's URL, with a user that may create databases, \
             such as postgres://postgres@localhost:5432/postgres"
        )
    });
    let name = format!("strategos_test_{}", Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    connection.execute(create.as_str()).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");

    let outcome = AssertUnwindSafe(case(Database { url }))
        .catch_unwind()
        .await;

    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    connection.execute(drop.as_str()).await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

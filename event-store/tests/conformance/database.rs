//! A fresh database for each test, gone afterwards.

use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::clock::FixedClock;
use event_store::{EventLog, Upcasters};
use futures::FutureExt;
use kurrentdb_stand_in::StandIn;
use sqlx::{AnyConnection, Connection, Executor, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Where a test's log is. Each handle opened on it is what another process would be.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    pub(crate) url: String,
    /// Where each handle has a mirror of its own, on KurrentDB.
    mirrors: Option<Arc<TempDir>>,
}

impl Database {
    pub(crate) async fn open(&self) -> Arc<dyn EventLog> {
        self.open_at(noon()).await
    }

    pub(crate) async fn open_at(&self, now: DateTime<Utc>) -> Arc<dyn EventLog> {
        opened(&self.place(), now).await
    }

    /// As processes with the same settings do, which have all that is saved in common.
    pub(crate) async fn open_shared(&self) -> Arc<dyn EventLog> {
        opened(&self.shared(), noon()).await
    }

    fn place(&self) -> String {
        let Some(mirrors) = &self.mirrors else {
            return self.url.clone();
        };
        let mirror = mirrors.path().join(Uuid::new_v4().simple().to_string());
        format!("{}&mirror={}.sqlite", self.url, mirror.display())
    }

    /// What processes with the same settings open.
    pub(crate) fn shared(&self) -> String {
        match &self.mirrors {
            None => self.url.clone(),
            Some(mirrors) => format!(
                "{}&mirror={}/shared.sqlite",
                self.url,
                mirrors.path().display()
            ),
        }
    }

    pub(crate) fn in_file(file: &Path) -> Self {
        Self {
            url: format!("sqlite:{}", file.display()),
            mirrors: None,
        }
    }

    /// A stream of KurrentDB that nobody used before.
    pub(crate) fn in_new_stream(connection_string: &str) -> Self {
        let stream = Uuid::new_v4().simple();
        Self {
            url: format!("{connection_string}&stream=test-{stream}"),
            mirrors: Some(Arc::new(tempfile::tempdir().unwrap())),
        }
    }

    /// The URLs of what a database client can open.
    fn databases(&self) -> Vec<String> {
        let Some(mirrors) = &self.mirrors else {
            return vec![self.url.clone()];
        };
        let files = std::fs::read_dir(mirrors.path()).unwrap();
        let files = files.map(|file| file.unwrap().path());
        files
            .filter(|file| file.extension().is_some_and(|end| end == "sqlite"))
            .map(|file| format!("sqlite:{}", file.display()))
            .collect()
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
        for database in self.databases() {
            let mut connection = AnyConnection::connect(&database).await.unwrap();
            // Once they are gone they stay gone
            for statement in self.without_triggers() {
                let _already_gone = connection.execute(*statement).await;
            }
            for &statement in statements {
                connection.execute(statement).await.unwrap();
            }
            connection.close().await.unwrap();
        }
    }

    pub(crate) async fn open_with(&self, upcasters: Upcasters) -> Arc<dyn EventLog> {
        let clock = Arc::new(FixedClock(noon()));
        let opened = event_store::open_with(&self.place(), clock, upcasters).await;
        opened.unwrap()
    }
}

async fn opened(url: &str, now: DateTime<Utc>) -> Arc<dyn EventLog> {
    let clock = Arc::new(FixedClock(now));
    event_store::open(url, clock).await.unwrap()
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
    case(Database::in_file(&folder.path().join("log.sqlite"))).await;
}

/// The connection string of a KurrentDB to run the suite against, such as
/// `kurrentdb://localhost:2113?tls=false`. Without it a stand-in takes its place.
const KURRENTDB: &str = "STRATEGOS_TEST_KURRENTDB";

pub(crate) async fn on_kurrentdb<F, T>(case: F)
where
    F: FnOnce(Database) -> T,
    T: Future<Output = ()>,
{
    if let Ok(server) = std::env::var(KURRENTDB) {
        return case(Database::in_new_stream(&server)).await;
    }
    let server = StandIn::start();
    case(Database::in_new_stream(&server.connection_string())).await;
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

    let outcome = AssertUnwindSafe(case(Database { url, mirrors: None }))
        .catch_unwind()
        .await;

    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    connection.execute(drop.as_str()).await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

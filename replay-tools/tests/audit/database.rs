//! A fresh database for each test, gone afterwards.

use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};

use futures::FutureExt;
use sqlx::{AnyConnection, Connection, Executor};
use uuid::Uuid;

#[derive(Debug, Clone)]
pub(crate) struct Database {
    pub(crate) url: String,
    /// For files of the test.
    pub(crate) folder: PathBuf,
}

impl Database {
    pub(crate) fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// A file of the test.
    pub(crate) fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// What somebody with a database client and bad intentions would do.
    pub(crate) async fn tamper(&self, statements: &[&str]) {
        let open_the_door = if self.is_postgres() {
            vec!["ALTER TABLE events DISABLE TRIGGER events_are_never_changed"]
        } else {
            vec![
                "DROP TRIGGER IF EXISTS events_are_never_changed",
                "DROP TRIGGER IF EXISTS events_are_never_removed",
            ]
        };
        self.execute(&open_the_door).await;
        self.execute(statements).await;
    }

    pub(crate) async fn execute(&self, statements: &[&str]) {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        for &statement in statements {
            connection.execute(statement).await.unwrap();
        }
        connection.close().await.unwrap();
    }
}

pub(crate) async fn on_sqlite<F, T>(case: F)
where
    F: FnOnce(Database) -> T,
    T: Future<Output = ()>,
{
    let folder = tempfile::tempdir().unwrap();
    case(sqlite_in(folder.path(), "log")).await;
}

pub(crate) fn sqlite_in(folder: &Path, name: &str) -> Database {
    Database {
        url: format!("sqlite:{}", folder.join(format!("{name}.sqlite")).display()),
        folder: folder.to_owned(),
    }
}

/// A server on which the tests may create and drop databases.
const SERVER: &str = "STRATEGOS_TEST_POSTGRES";

pub(crate) async fn on_postgres<F, T>(case: F)
where
    F: FnOnce(Database) -> T,
    T: Future<Output = ()>,
{
    let folder = tempfile::tempdir().unwrap();
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!(
            "set {SERVER} to a PostgreSQL server's URL, with a user that may create databases, \
             such as postgres://postgres@localhost:5432/postgres"
        )
    });
    let name = format!("strategos_audit_{}", Uuid::new_v4().simple());
    let (base, _) = server.rsplit_once('/').unwrap();
    let database = Database {
        url: format!("{base}/{name}"),
        folder: folder.path().to_owned(),
    };
    let server = Database {
        url: server.clone(),
        folder: folder.path().to_owned(),
    };
    server.execute(&[&format!("CREATE DATABASE {name}")]).await;

    let outcome = AssertUnwindSafe(case(database)).catch_unwind().await;

    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    server.execute(&[&drop]).await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

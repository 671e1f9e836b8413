//! Fresh databases for each measurement, on one server.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, PgPool};

/// Connections each PostgreSQL peer may use.
pub(crate) const POOL: u32 = 32;

pub(crate) struct Databases {
    base: String,
    folder: tempfile::TempDir,
}

impl Databases {
    pub(crate) fn from_environment() -> Self {
        let base = std::env::var("STRATEGOS_TEST_POSTGRES").expect(
            "set STRATEGOS_TEST_POSTGRES to the URL of a PostgreSQL server with fsync on, or run ./dev bench",
        );
        Self {
            base,
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// The URL of a new, empty PostgreSQL database.
    pub(crate) async fn postgres(&self, name: &str) -> String {
        let mut admin = PgConnection::connect(&self.base)
            .await
            .expect("PostgreSQL answers");
        let fsync: String = sqlx::query_scalar("SHOW fsync")
            .fetch_one(&mut admin)
            .await
            .expect("SHOW");
        assert_eq!(
            fsync, "on",
            "durability is never traded: run PostgreSQL with fsync on"
        );
        let name = format!("bench_{name}_{}", uuid::Uuid::new_v4().simple());
        let create = format!("CREATE DATABASE {name}");
        admin
            .execute(create.as_str())
            .await
            .expect("CREATE DATABASE");
        let (server, _) = self.base.rsplit_once('/').expect("a URL with a database");
        format!("{server}/{name}")
    }

    /// The URL of a new SQLite file.
    pub(crate) fn sqlite(&self) -> String {
        let name = format!("{}.sqlite", uuid::Uuid::new_v4().simple());
        format!("sqlite:{}", self.folder.path().join(name).display())
    }
}

pub(crate) async fn pool(url: &str, connections: u32) -> PgPool {
    let options = PgConnectOptions::from_str(url).expect("a PostgreSQL URL");
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .min_connections(connections);
    pool.connect_with(options)
        .await
        .expect("PostgreSQL answers")
}

/// Does now what PostgreSQL would do during the first samples after many rows were written.
pub(crate) async fn settle(pool: &PgPool) {
    for work in ["VACUUM ANALYZE", "CHECKPOINT"] {
        pool.execute(work).await.expect(work);
    }
}

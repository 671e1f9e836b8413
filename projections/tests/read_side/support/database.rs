//! An empty database for one test.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

#[derive(Debug)]
pub(crate) enum Database {
    Sqlite {
        folder: TempDir,
    },
    Postgres {
        server: Box<PgConnectOptions>,
        name: String,
    },
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        Self::Sqlite { folder }
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("STRATEGOS_TEST_POSTGRES").expect(
            "set STRATEGOS_TEST_POSTGRES to the URL of a PostgreSQL server on which tests may \
             create databases, such as postgres://postgres@localhost:5432/postgres",
        );
        let server = PgConnectOptions::from_str(&server).unwrap();
        let name = format!("projections_{}", Uuid::new_v4().simple());
        let mut connection = server.connect().await.unwrap();
        let create = format!("CREATE DATABASE {name}");
        connection.execute(create.as_str()).await.unwrap();
        connection.close().await.unwrap();
        let server = Box::new(server);
        Self::Postgres { server, name }
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite { folder } => {
                format!("sqlite:{}", folder.path().join("tables.db").display())
            }
            Self::Postgres { server, name } => PgConnectOptions::clone(server)
                .database(name)
                .to_url_lossy()
                .to_string(),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Self::Postgres { server, name } = self else {
            return;
        };
        let (server, drop) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        // A thread of its own, because a test that failed is unwinding inside its runtime
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&server).await?;
                connection.execute(drop.as_str()).await?;
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
            })
        });
        if let Err(error) = dropped.join().unwrap() {
            panic!("the test's database stays behind: {error}");
        }
    }
}

//! A PostgreSQL database for one test.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

/// Gives `test` the URL of a fresh database and drops it afterwards, also when the test fails.
pub(crate) async fn with_database(test: impl AsyncFnOnce(&str)) {
    let base = std::env::var("STRATEGOS_TEST_POSTGRES").expect(
        "set STRATEGOS_TEST_POSTGRES to the URL of a PostgreSQL where databases may be created, \
         or run ./dev test, which brings its own",
    );
    let name = format!("server_{}", Uuid::new_v4().simple());
    administer(&base, &format!("CREATE DATABASE {name}")).await;
    let (server, _) = base.rsplit_once('/').expect("a URL with a database");
    let url = format!("{server}/{name}");
    let outcome = AssertUnwindSafe(test(&url)).catch_unwind().await;
    administer(&base, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

async fn administer(base: &str, statement: &str) {
    let mut connection = PgConnection::connect(base)
        .await
        .expect("STRATEGOS_TEST_POSTGRES names a running PostgreSQL");
    sqlx::query(statement)
        .execute(&mut connection)
        .await
        .unwrap();
}

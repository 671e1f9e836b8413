//! `import-legacy --dry-run` against databases that are empty, damaged or not there.

use sqlx::{Connection, PgConnection};

use crate::support::{Installation, Ran, fixture, with_database};

fn dry_run(installation: &Installation) -> Ran {
    let source = fixture();
    installation.run(&[
        "import-legacy",
        "--dry-run",
        "--from",
        source.to_str().unwrap(),
    ])
}

#[test]
fn a_database_that_is_not_reached_is_no_empty_one() {
    let installation = Installation::on("postgres://ops:hunter2@127.0.0.1:1/strategos");
    let ran = dry_run(&installation);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    let told = "postgres://ops:***@127.0.0.1:1/strategos cannot be used";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(!ran.stderr.contains("hunter2"), "{}", ran.stderr);
    assert!(!installation.data_folder().exists());
}

#[test]
fn a_damaged_log_is_no_empty_one() {
    let installation = Installation::new();
    installation.succeed(&["seed"]);
    let file = installation.data_folder().join("strategos.sqlite");
    std::fs::write(&file, "not a database, only notes\n".repeat(100)).unwrap();
    let ran = dry_run(&installation);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.stderr.contains("cannot be used"), "{}", ran.stderr);
}

#[tokio::test]
async fn an_empty_postgres_stays_empty() {
    with_database(async |url| {
        let ran = dry_run(&Installation::on(url));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let told = "5 to record, 0 already there";
        assert!(ran.stdout.contains(told), "{}", ran.stdout);
        let mut connection = PgConnection::connect(url).await.unwrap();
        let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
        let tables: i64 = sqlx::query_scalar(tables)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(tables, 0);
        connection.close().await.unwrap();
    })
    .await;
}

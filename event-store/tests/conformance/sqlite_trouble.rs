//! What SQLite's failures look like to the one who has to fix them.

use std::sync::Arc;

use domain::ErrorChain;
use domain::clock::FixedClock;
use event_store::EventLog;
use sqlx::{Connection, SqliteConnection};

use crate::database::{Database, noon, on_sqlite};
use crate::events::one;

async fn refusal(url: &str) -> String {
    let opened = event_store::open(url, Arc::new(FixedClock(noon()))).await;
    ErrorChain(&opened.unwrap_err()).to_string()
}

async fn run(db: &Database, statement: &'static str) {
    let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
    sqlx::query(statement)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_url_of_another_database_is_refused_in_words() {
    let told = refusal("mysql://root@localhost/x").await;

    assert_eq!(
        told,
        "the event store failed: the database's URL must start with sqlite:, postgres: or kurrentdb:"
    );
}

#[tokio::test]
async fn a_database_in_memory_is_refused_because_it_would_not_last() {
    let told = refusal("sqlite::memory:").await;

    assert!(told.contains("the event store needs a file"), "{told}");
}

#[tokio::test]
async fn a_missing_folder_is_named_as_the_likely_cause() {
    let folder = tempfile::tempdir().unwrap();

    let told = refusal(&format!(
        "sqlite:{}/no/such/log.sqlite",
        folder.path().display()
    ))
    .await;

    assert!(
        told.contains("its folder must exist and be writable"),
        "{told}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    let notes = "just some notes, ".repeat(100);
    std::fs::write(&path, &notes).unwrap();

    let told = refusal(&format!("sqlite:{}", path.display())).await;

    assert!(told.contains("the file is not a SQLite database"), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), notes);
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_refused() {
    on_sqlite(async |db: Database| {
        db.open().await.close().await;
        run(
            &db,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (202611220098, 'from the future', 1, x'00', 0)",
        )
        .await;

        let told = refusal(&db.url).await;

        assert!(told.contains("the database was changed by a newer release"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn migrations_of_the_read_tables_in_the_same_file_are_no_concern() {
    on_sqlite(async |db: Database| {
        db.open().await.close().await;
        run(
            &db,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (202611220101, 'read tables', 1, x'00', 0)",
        )
        .await;

        let log = db.open().await;

        log.append(one("a", 0)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn history_cannot_be_changed_by_accident() {
    on_sqlite(async |db: Database| {
        let log = db.open().await;
        log.append(one("a", 0)).await.unwrap();
        let mut connection = SqliteConnection::connect(&db.url).await.unwrap();

        for statement in ["UPDATE events SET payload = '{}'", "DELETE FROM events"] {
            let error = sqlx::query(statement)
                .execute(&mut connection)
                .await
                .unwrap_err();
            assert!(
                error.to_string().contains("recorded events are never"),
                "{error}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn missing_events_make_the_log_unhealthy() {
    on_sqlite(async |db: Database| {
        let log = db.open().await;
        for version in 0..3 {
            log.append(one("a", version)).await.unwrap();
        }
        run(&db, "DROP TRIGGER events_are_never_removed").await;
        run(&db, "DELETE FROM events WHERE position = 2").await;

        let lines = log.health().await.unwrap();

        let ill: Vec<_> = lines.iter().filter(|line| !line.healthy).collect();
        assert_eq!(ill.len(), 3, "{lines:?}");
        assert!(ill[0].finding.ends_with("events_are_never_removed"));
        assert_eq!(ill[1].finding, "2 events, the last at position 3");
        assert_eq!(ill[2].finding, "1 streams miss events");
    })
    .await;
}

#[tokio::test]
async fn processes_that_start_together_migrate_one_after_the_other() {
    on_sqlite(async |db: Database| {
        let opened = futures::future::join_all((0..6).map(|_| db.open())).await;
        let logs: Vec<Arc<dyn EventLog>> = opened;

        for (n, log) in logs.iter().enumerate() {
            log.append(one(&format!("s{n}"), 0)).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_append_that_the_store_failed_is_told_until_one_is_stored_again() {
    on_sqlite(async |db: Database| {
        let log = db.open().await;
        log.append(one("a", 0)).await.unwrap();
        let conflicting = log.append(one("a", 0)).await;
        assert!(conflicting.is_err());
        assert_eq!(log.append_trouble(), None);

        run(
            &db,
            "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        .await;
        log.append(one("a", 1)).await.unwrap_err();
        let trouble = log.append_trouble().unwrap();
        assert_eq!(trouble.error, "the event store failed");

        run(&db, "DROP TRIGGER full").await;
        log.append(one("a", 1)).await.unwrap();
        assert_eq!(log.append_trouble(), None);
    })
    .await;
}

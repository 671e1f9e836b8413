//! Sources that cannot be imported: one sentence, and nothing recorded.

use std::path::Path;

use crate::support::{AFTER_A, Installation, fixture, sqlite_original};

fn refusal(installation: &Installation, from: &Path) -> String {
    let said = installation.fail(&["import-legacy", "--from", from.to_str().unwrap()]);
    assert_eq!(
        said.trim_end().lines().count(),
        1,
        "one sentence, not {said}"
    );
    said
}

fn nothing_was_made(installation: &Installation) {
    assert!(!installation.data_folder().exists());
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let installation = Installation::new();
    let file = installation.beside("notes.txt");
    std::fs::write(&file, "not a database, only notes\n".repeat(100)).unwrap();
    let said = refusal(&installation, &file);
    assert!(
        said.contains("notes.txt is not a SQLite database"),
        "{said}"
    );
    nothing_was_made(&installation);
}

#[tokio::test]
async fn a_missing_file_is_refused() {
    let installation = Installation::new();
    let said = refusal(&installation, &installation.beside("nowhere.sqlite"));
    assert!(said.contains("does not exist"), "{said}");
    assert!(!installation.beside("nowhere.sqlite").exists());
}

#[tokio::test]
async fn a_damaged_database_is_found_before_anything_is_recorded() {
    let whole = std::fs::read(fixture()).unwrap();
    let page = 4096;
    let truncated = whole[..3 * page].to_vec();
    // The second page is the root of the first table; a page that is no tree page breaks it
    let mut overwritten = whole;
    for damaged in overwritten[page..].chunks_mut(page).skip(1) {
        damaged[..512].fill(0xA5);
    }
    for bytes in [truncated, overwritten] {
        let installation = Installation::new();
        let file = installation.beside("damaged.sqlite");
        std::fs::write(&file, bytes).unwrap();
        let said = refusal(&installation, &file);
        assert!(
            said.contains("damaged") && said.contains("nothing was recorded"),
            "{said}"
        );
        nothing_was_made(&installation);
    }
}

#[tokio::test]
async fn another_programs_database_is_refused() {
    let installation = Installation::new();
    let file = installation.beside("other.sqlite");
    sqlite_original(&file, "CREATE TABLE notes (id integer)").await;
    let said = refusal(&installation, &file);
    assert!(said.contains("no strategy_instances table"), "{said}");
    nothing_was_made(&installation);
}

#[tokio::test]
async fn missing_columns_are_named() {
    let installation = Installation::new();
    let file = installation.beside("original.sqlite");
    let sql = AFTER_A.replace("\"executorType\"", "\"runner\"");
    sqlite_original(&file, &sql).await;
    let said = refusal(&installation, &file);
    let sentence = "strategy_definitions has no column controllerType or executorType";
    assert!(said.contains(sentence), "{said}");
    nothing_was_made(&installation);
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_kept_as_a_record() {
    let installation = Installation::new();
    let file = installation.beside("original.sqlite");
    let sql = format!(
        "{AFTER_A} INSERT INTO strategy_instances VALUES
         (20, 'a-b-volume', 'a', 'b', 'volume', 1, 'not json', 'running', NULL, NULL,
          '2026-02-03 00:00:00', '2026-02-03 00:00:00'),
         (21, 'c-d-volume', 'c', 'd', 'volume', 1, '{{}}', 'running', NULL, NULL,
          '2026-02-03 00:00:00', 'yesterday');"
    );
    sqlite_original(&file, &sql).await;
    let report = installation.import(&file);
    for decision in [
        "strategy_instances 20: kept as a record only: parameters is not JSON",
        "strategy_instances 21: kept as a record only: updatedAt is not a date and time",
    ] {
        assert!(report.contains(decision), "{report}");
    }
    let streams = installation.recorded().await;
    let kept = streams.iter().filter(|event| {
        event.stream.aggregate_type == "legacy_record"
            && event.stream.aggregate_id.starts_with("strategy_instances:")
    });
    assert_eq!(kept.count(), 2);
}

#[tokio::test]
async fn an_unreachable_postgres_is_one_sentence_without_its_password() {
    let installation = Installation::new();
    let url = "postgres://ops:hunter2@127.0.0.1:1/original";
    let said = installation.fail(&["import-legacy", "--from", url]);
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(
        said.contains("postgres://ops:***@127.0.0.1:1/original"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
    nothing_was_made(&installation);
}

#[test]
fn a_url_of_another_database_is_refused() {
    let installation = Installation::new();
    let said = installation.fail(&["import-legacy", "--from", "mysql://root:secret@host/x"]);
    assert!(
        said.contains("--from takes a SQLite file or a postgres:// URL, not one of mysql://"),
        "{said}"
    );
    assert!(!said.contains("secret"), "{said}");
    nothing_was_made(&installation);
}

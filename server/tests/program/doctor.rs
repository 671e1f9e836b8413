//! `strategos doctor`: the verification checklist, and what it says when something is wrong.

use std::os::unix::fs::PermissionsExt;

use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::support::{Installation, Server, fixture, with_database};

/// Migrated, seeded, imported and backfilled, as the migration's steps say.
async fn migrate(installation: &Installation) {
    installation.succeed(&["migrate"]);
    installation.import(&fixture());
    installation.succeed(&["seed"]);
    let mut server = Server::start(installation, &[]);
    server.log_in(&installation.password()).await;
    let backfill = "/admin/strategy/instances/backfill-definition-links";
    let answer = server.post(backfill, json!({})).await;
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.text().await.unwrap(), r#"{"updated":4,"skipped":1}"#);
    server.end();
}

fn all_is_well(report: &str) {
    for line in [
        "ok      strategy_definitions has seeded rows: 3 of 3 built-in definitions",
        "ok      strategy_definition_versions has at least one version per definition",
        "ok      legacy strategy_instances rows have definitionId after backfill",
        "ok      pure-market-making can be validated and started: version 1.0.0",
        "ok      an admin can log in",
        "ok      the table strategy_instances follows the log",
        "mode dual, dynamic flow on, trading on",
        "0 failed",
    ] {
        assert!(report.contains(line), "{line} in {report}");
    }
}

#[tokio::test]
async fn after_the_migration_every_line_is_ok() {
    let installation = Installation::new();
    migrate(&installation).await;
    all_is_well(&installation.succeed(&["doctor"]));
    let server = Server::start(&installation, &[]);
    all_is_well(&installation.succeed(&["doctor"]));
    server.end();
}

#[tokio::test]
async fn the_checklist_holds_on_postgres_as_well() {
    with_database(async |url| {
        let installation = Installation::on(url);
        migrate(&installation).await;
        all_is_well(&installation.succeed(&["doctor"]));
    })
    .await;
}

#[test]
fn without_the_backfill_the_missing_step_is_named() {
    let installation = Installation::new();
    installation.import(&fixture());
    installation.succeed(&["seed"]);
    installation.succeed(&["admin", "reset-password"]);
    let ran = installation.run(&["doctor"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    for line in [
        "failed  legacy strategy_instances rows have definitionId after backfill: 4 have none",
        "do: call POST /admin/strategy/instances/backfill-definition-links",
        "1 failed",
    ] {
        assert!(ran.stdout.contains(line), "{line} in {}", ran.stdout);
    }
}

#[test]
fn where_nothing_is_nothing_is_made() {
    let installation = Installation::new();
    let ran = installation.run(&["doctor"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("failed  the data folder is there"),
        "{}",
        ran.stdout
    );
    assert!(!installation.data_folder().exists());
}

#[test]
fn credentials_that_others_can_read_are_found() {
    let installation = Installation::new();
    installation.succeed(&["seed"]);
    installation.succeed(&["admin", "reset-password"]);
    assert_eq!(installation.run(&["doctor"]).code, Some(0));
    let file = installation.data_folder().join("credentials.json");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = installation.run(&["doctor"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    let remedy = format!("do: chmod go-rwx {}", file.display());
    assert!(ran.stdout.contains(&remedy), "{}", ran.stdout);
}

#[tokio::test]
async fn looking_changes_nothing() {
    let installation = Installation::new();
    installation.succeed(&["seed"]);
    installation.succeed(&["admin", "reset-password"]);
    let file = installation.data_folder().join("strategos.sqlite");
    let before = std::fs::read(&file).unwrap();
    let report = installation.succeed(&["doctor"]);
    let line = "ok      the tables are this release's: none are made yet";
    assert!(report.contains(line), "{report}");
    let line = "ok      strategy_definitions has seeded rows: 3 of 3";
    assert!(report.contains(line), "{report}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

async fn change(installation: &Installation, statement: &str) {
    let file = installation.data_folder().join("strategos.sqlite");
    let options = SqliteConnectOptions::new().filename(file);
    let mut database = options.connect().await.unwrap();
    sqlx::query(statement).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn tables_of_an_older_release_are_told_and_left_as_they_are() {
    let installation = Installation::new();
    migrate(&installation).await;
    // As a release left them that did not have the last change yet
    change(&installation, "DROP TABLE strategy_instance_moments").await;
    let forget = "DELETE FROM _sqlx_migrations WHERE version = 202611260201";
    change(&installation, forget).await;
    for _ in 0..2 {
        let ran = installation.run(&["doctor"]);
        assert_eq!(ran.code, Some(1), "{}", ran.stdout);
        let line = "failed  the tables are this release's: changes still to be made: 1";
        assert!(ran.stdout.contains(line), "{}", ran.stdout);
        assert!(ran.stdout.contains("1 failed"), "{}", ran.stdout);
    }
    installation.succeed(&["migrate"]);
    all_is_well(&installation.succeed(&["doctor"]));
}

#[tokio::test]
async fn tables_of_a_newer_release_are_neither_served_nor_changed() {
    let installation = Installation::new();
    migrate(&installation).await;
    let newer = "INSERT INTO _sqlx_migrations \
                 (version, description, success, checksum, execution_time) \
                 VALUES (209901010101, 'of a newer release', 1, x'00', 0)";
    change(&installation, newer).await;
    let told = "the tables were changed by a newer release (change 209901010101); start that one";
    for command in [&["migrate"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let refused = installation.fail(command);
        assert!(refused.contains(told), "{refused}");
    }
    let ran = installation.run(&["doctor"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    let line = "failed  the tables are this release's: a newer release made change 209901010101";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
}

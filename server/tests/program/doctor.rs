//! `strategos doctor`: the verification checklist, and what it says when something is wrong.

use std::os::unix::fs::PermissionsExt;

use serde_json::json;

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

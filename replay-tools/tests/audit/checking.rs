//! `check-events`, and what every command says of itself.

use crate::database::Database;
use crate::program::replay;

pub(crate) async fn events_that_cannot_be_read_are_listed(database: Database) {
    database.with_history().await;
    assert_eq!(
        database.replay(&["check-events"]).fine(),
        "ok      12 events can all be read\n"
    );
    let (json, back) = if database.is_postgres() {
        ("::text", "::json")
    } else {
        ("", "")
    };
    let payload = format!(
        "UPDATE events SET payload = replace(payload{json}, 'OrderFilled', 'OrderFelled'){back} WHERE position = 7"
    );
    let metadata = format!(
        "UPDATE events SET metadata = replace(metadata{json}, 'admin', 'nobody'){back} WHERE position = 2"
    );
    let kind = "UPDATE events SET aggregate_type = 'weather' WHERE position = 8";
    database.tamper(&[&payload, &metadata, kind]).await;

    let told = database.replay(&["check-events"]).wrong();

    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(
        lines[0].starts_with("FAILED  the metadata of position 2 "),
        "{told}"
    );
    assert!(
        lines[1].contains("position 7 (OrderFilled 1.0 of execution/"),
        "{told}"
    );
    assert!(lines[1].contains("unknown variant `OrderFelled`"), "{told}");
    assert!(
        lines[2].ends_with("no aggregate is called weather"),
        "{told}"
    );
}

#[test]
fn a_log_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.sqlite");
    let url = format!("sqlite:{}", file.display());

    let told = replay(&["--database", &url, "verify"]).impossible();

    assert!(told.contains("there is no such file"), "{told}");
    assert!(!file.exists());
    let told = replay(&["verify"]).impossible();
    assert!(
        told.contains("say which log to read: --database or STRATEGOS_DATABASE"),
        "{told}"
    );
}

#[test]
fn every_command_teaches_how_it_is_used() {
    let commands: [&[&str]; 19] = [
        &["log"],
        &["show"],
        &["explain"],
        &["at"],
        &["diff"],
        &["verify"],
        &["verify", "log"],
        &["verify", "projections"],
        &["check-events"],
        &["keygen"],
        &["checkpoint"],
        &["prove"],
        &["check-proof"],
        &["export"],
        &["import"],
        &["copy"],
        &["backup"],
        &["restore"],
        &["rebuild"],
    ];
    for command in commands {
        let told = replay(&[command, &["--help"]].concat()).fine();
        assert!(
            told.contains("Exit codes: 0 all is as it must be"),
            "{told}"
        );
    }
}

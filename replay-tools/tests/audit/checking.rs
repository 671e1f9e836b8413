//! `check-events`, and what every command says of itself.

use crate::database::Database;
use crate::program::{command, replay};

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

pub(crate) async fn a_label_that_is_not_the_events_own_is_told(database: Database) {
    database.with_history().await;
    let edit = "UPDATE events SET event_type = 'Nope', event_version = '9.0' WHERE position = 7";
    database.tamper(&[edit]).await;

    let told = database.replay(&["check-events"]).wrong();
    let moment = database.replay(&["at", "--position", "12"]).impossible();

    let expected = "it is labelled Nope 9.0, but its payload is OrderFilled 1.0";
    assert!(told.contains("position 7 (Nope 9.0 of "), "{told}");
    assert!(told.contains(expected), "{told}");
    assert!(moment.contains(expected), "{moment}");
}

pub(crate) async fn a_row_that_holds_no_event_does_not_hide_those_before_it(database: Database) {
    if database.is_postgres() {
        // Its columns take nothing that is none
        return;
    }
    database.with_history().await;
    database
        .tamper(&["UPDATE events SET event_id = randomblob(15) WHERE position = 7"])
        .await;

    let told = database.replay(&["log"]);

    assert_eq!(told.code, 3, "{}", told.error);
    assert_eq!(told.out.lines().count(), 6, "{}", told.out);
    assert!(
        told.error.contains("event 7 of execution/"),
        "{}",
        told.error
    );
    assert!(
        told.error
            .contains("strategos-replay verify lists all such"),
        "{}",
        told.error
    );
}

pub(crate) async fn a_payload_that_is_no_json_is_shown_as_it_is(database: Database) {
    if database.is_postgres() {
        return;
    }
    database.with_history().await;
    database
        .tamper(&["UPDATE events SET payload = '{' WHERE position = 7"])
        .await;

    let told = database.replay(&["show", "7"]).fine();

    assert!(told.contains("\"payload\": \"{\""), "{told}");
}

#[test]
fn options_are_offered_where_they_do_something() {
    for command in ["keygen", "check-proof", "check-export", "copy"] {
        let told = replay(&[command, "--help"]).fine();
        assert!(!told.contains("--database"), "{command}: {told}");
    }
    assert!(replay(&["log", "--help"]).fine().contains("--database"));
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("audit.key");
    std::fs::write(folder.path().join("audit.key.pub"), "another's").unwrap();
    let out = file.display().to_string();

    let told = replay(&["keygen", "--name", "example.com/log", "--out", &out]).impossible();

    assert!(told.contains("audit.key.pub is there already"), "{told}");
    assert!(!file.exists(), "no private key without its public one");
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
    let commands: [&[&str]; 21] = [
        &["log"],
        &["show"],
        &["explain"],
        &["at"],
        &["diff"],
        &["verify"],
        &["verify", "log"],
        &["verify", "projections"],
        &["verify", "snapshots"],
        &["check-events"],
        &["keygen"],
        &["checkpoint"],
        &["prove"],
        &["check-proof"],
        &["check-export"],
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

/// The commands that a command's help names; what is told of one may go on in lines that stand further in.
fn commands_in(help: &str) -> Vec<String> {
    let (_, behind) = help.split_once("\nCommands:\n").unwrap_or_default();
    let listed = behind.lines().take_while(|line| !line.is_empty());
    let heads = listed.filter_map(|line| line.strip_prefix("  "));
    let names = heads.filter_map(|line| line.split(' ').next());
    let names = names.filter(|name| !name.is_empty() && *name != "help");
    names.map(str::to_owned).collect()
}

/// Whoever asks for help in front of others does not show them a password.
#[test]
fn no_help_prints_what_the_environment_holds() {
    let mut left = vec![vec![]];
    let mut asked = 0;
    while let Some(path) = left.pop() {
        let arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        let mut help = command(&[&arguments[..], &["--help"]].concat());
        for name in [
            "STRATEGOS_DATABASE",
            "STRATEGOS_TABLES_URL",
            "STRATEGOS_EXPORT_KEY",
        ] {
            help.env(name, "postgres://ana:S3CRET@host/x");
        }
        let told = help.output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();

        assert!(!told.contains("S3CRET"), "{arguments:?}: {told}");
        let below = commands_in(&told).into_iter();
        left.extend(below.map(|name| [&path[..], &[name]].concat()));
        asked += 1;
    }
    assert_eq!(
        asked, 22,
        "the program and every_command_teaches_how_it_is_used's"
    );
}

#[test]
fn a_moment_that_is_missing_or_half_is_asked_for_with_an_example() {
    let told = replay(&["--database", "sqlite:none", "at"]);
    assert_eq!(told.code, 2);
    assert!(told.error.contains("--position"), "{}", told.error);
    assert!(told.error.contains("--time"), "{}", told.error);

    for half in [["log", "--from"], ["at", "--time"]] {
        let told = replay(&[&["--database", "sqlite:none"], &half[..], &["2026-11-28"]].concat());
        assert_eq!(told.code, 2);
        assert!(
            told.error.contains("2026-11-22T12:00:00Z"),
            "{}",
            told.error
        );
    }
}

//! `log` and `show`.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::database::Database;
use crate::history::{DEFINITION, EXECUTION, INSTANCE, id_of, time_of};
use crate::program::command;

const GOLDEN: &str = include_str!("golden/history.ndjson");

fn positions(lines: &str) -> Vec<u64> {
    let position = |line: &str| {
        let event: Value = line.parse().unwrap();
        event["position"].as_str().unwrap().parse().unwrap()
    };
    lines.lines().map(position).collect()
}

pub(crate) async fn the_history_is_the_same_bytes_everywhere(database: Database) {
    database.with_history().await;

    let printed = database.replay(&["log"]).fine();

    assert_eq!(printed, GOLDEN);
    for line in printed.lines() {
        let event: Value = line.parse().unwrap();
        // What CloudEvents 1.0 asks of every envelope
        for required in ["id", "source", "specversion", "type"] {
            assert!(!event[required].as_str().unwrap().is_empty(), "{line}");
        }
        let names = event.as_object().unwrap().keys();
        let unfit = |name: &&String| {
            *name != "data_base64" && name.contains(|c: char| !c.is_ascii_lowercase())
        };
        assert_eq!(names.filter(unfit).count(), 0, "{line}");
    }
}

pub(crate) async fn filters_narrow_it(database: Database) {
    database.with_history().await;
    let noon = |minute: u64| time_of(minute).to_rfc3339();
    let (third, fifth) = (noon(3), noon(5));
    let cases: [(&[&str], &[u64]); 12] = [
        (
            &["--type", "OrderIntended", "--type", "OrderFilled"],
            &[5, 7],
        ),
        (&["--stream", DEFINITION], &[1, 2]),
        (&["--stream", "execution", "--limit", "2"], &[4, 5]),
        (
            &["--stream", EXECUTION, "--after", "6", "--up-to", "10"],
            &[7, 10],
        ),
        (&["--actor", "ana"], &[2, 3, 9]),
        (&["--source", "seed", "--source", "command-line"], &[1, 8]),
        (&["--from", &third, "--until", &fifth], &[3, 4]),
        (&["--after", "3", "--up-to", "5"], &[4, 5]),
        (
            &["--correlation", "00000000-0000-0000-0000-0000000000c9"],
            &[9, 10, 11, 12],
        ),
        (&["--stream", INSTANCE, "--from", &fifth], &[9]),
        (&["--actor", "nobody"], &[]),
        (&["--after", "11"], &[12]),
    ];
    for (arguments, expected) in cases {
        let printed = database.replay(&[&["log"], arguments].concat()).fine();
        assert_eq!(positions(&printed), expected, "{arguments:?}");
    }
    let table = database
        .replay(&["log", "--format", "table", "--after", "7", "--limit", "1"])
        .fine();
    // A tab in a reason does not reach the terminal
    assert!(table.contains("DynamicFlowSwitched"), "{table}");
    assert!(
        table.contains("by bob through command-line: \"over the holidays,\u{fffd}as"),
        "{table}"
    );
}

pub(crate) async fn what_is_recorded_while_it_follows_is_printed(database: Database) {
    database.record(1, 2).await;
    let mut following = command(&[
        "--database",
        &database.url,
        "log",
        "--follow",
        "--limit",
        "4",
    ])
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    assert_eq!(positions(&lines.next().unwrap().unwrap()), [1]);
    assert_eq!(positions(&lines.next().unwrap().unwrap()), [2]);

    database.record(3, 4).await;

    assert_eq!(positions(&lines.next().unwrap().unwrap()), [3]);
    assert_eq!(positions(&lines.next().unwrap().unwrap()), [4]);
    assert!(lines.next().is_none());
    assert!(following.wait().unwrap().success());
}

pub(crate) async fn an_event_stands_between_its_causes_and_effects(database: Database) {
    database.with_history().await;

    let by_position = database.replay(&["show", "10"]).fine();
    let by_id = database.replay(&["show", &id_of(10).to_string()]).fine();

    assert_eq!(by_position, by_id);
    let (_, tree) = by_position.rsplit_once("}\n\n").unwrap();
    let executor = "by executor:pureMarketMaking through executor";
    let expected = format!(
        "9 InstanceStopped {INSTANCE} by ana through legacy-rest\n\
         ├─ ▶ 10 CancelIntended {EXECUTION} {executor}\n\
         ├─ 11 OrderCancelled {EXECUTION} {executor}\n\
         └─ 12 ExecutionClosed {EXECUTION} {executor}\n"
    );
    assert_eq!(tree, expected);
}

pub(crate) async fn an_event_that_is_not_there_is_said_so(database: Database) {
    database.record(1, 1).await;
    let told = database.replay(&["show", "2"]).impossible();
    assert!(told.contains("there is no event at position 2"), "{told}");
}

pub(crate) async fn rights_to_read_are_enough(database: Database) {
    database.with_history().await;
    let reader = if database.is_postgres() {
        let role = format!("reader_{}", uuid::Uuid::new_v4().simple());
        database
            .execute(&[
                &format!("CREATE ROLE {role} LOGIN"),
                &format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"),
            ])
            .await;
        let url = database.url.replacen("postgres@", &format!("{role}@"), 1);
        Database {
            url,
            ..database.clone()
        }
    } else {
        // As on a medium that cannot be written to: one file, read-only
        let copy = database.file("copy.sqlite");
        database.execute(&["PRAGMA wal_checkpoint(TRUNCATE)"]).await;
        std::fs::copy(database.file("log.sqlite"), &copy).unwrap();
        let mut permissions = std::fs::metadata(&copy).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&copy, permissions).unwrap();
        Database {
            url: format!("sqlite:{copy}"),
            ..database.clone()
        }
    };

    assert_eq!(reader.replay(&["log"]).fine(), GOLDEN);
    let told = reader.replay(&["verify"]).fine();
    assert!(
        told.contains("12 events in 4 streams, positions 1 to 12"),
        "{told}"
    );
    if database.is_postgres() {
        let role = reader.url.split(['/', '@']).nth(2).unwrap();
        database
            .execute(&[
                &format!("DROP OWNED BY {role}"),
                &format!("DROP ROLE {role}"),
            ])
            .await;
    }
}

pub(crate) async fn a_type_that_nobody_knows_is_said_to_be(database: Database) {
    database.with_history().await;

    let told = database.replay(&["log", "--type", "Nope"]);

    assert_eq!((told.code, told.out.as_str()), (0, ""));
    assert!(
        told.error.contains("no event of the type Nope"),
        "{}",
        told.error
    );
}

pub(crate) async fn a_stream_that_no_log_can_have_is_said_to_be_none(database: Database) {
    database.with_history().await;
    for stream in ["instance/ana", "executions", ""] {
        let told = database.replay(&["log", "--stream", stream]);
        assert_eq!((told.code, told.out.as_str()), (0, ""));
        let kind = stream.split('/').next().unwrap();
        let expected = format!("this release knows no streams of the kind \"{kind}\"");
        assert!(told.error.contains(&expected), "{}", told.error);
    }
    let told = database.replay(&["log", "--stream", INSTANCE]);
    assert_eq!(told.error, "");
}

//! Commands over a log that misses events, or whose events are out of order.

use crate::database::Database;
use crate::history::{EXECUTION, LENGTH};

impl Database {
    async fn without_position(&self, position: u64) {
        let delete = format!("DELETE FROM events WHERE position = {position}");
        self.tamper(&[&delete]).await;
    }
}

pub(crate) async fn no_export_is_signed_over_a_damaged_log(database: Database) {
    database.signed().await;
    let version = "UPDATE events SET sequence = 70 WHERE position = 6";
    let back = "UPDATE events SET sequence = 3 WHERE position = 6";

    database.tamper(&[version]).await;
    let out_of_order = database.export(&["--after", "8", "--up-to", "10"]).wrong();
    // What is in front of the damage can be saved
    std::fs::remove_dir_all(database.file("export")).unwrap();
    database.export(&["--up-to", "5"]).fine();
    std::fs::remove_dir_all(database.file("export")).unwrap();
    database.tamper(&[back]).await;
    database.without_position(3).await;
    let gap = database.export(&["--after", "8", "--up-to", "10"]).wrong();
    assert_eq!(database.file_length("export/manifest.note"), 0);
    let within = database.export(&["--after", "1", "--up-to", "10"]).wrong();

    assert!(
        out_of_order.contains("at position 6, execution/"),
        "{out_of_order}"
    );
    assert!(
        gap.contains("FAILED  there is no event at position 3\n"),
        "{gap}"
    );
    assert!(
        within.contains("there is no event at position 3"),
        "{within}"
    );
    for told in [out_of_order, gap, within] {
        assert!(told.contains("nothing was signed"), "{told}");
    }
    assert_eq!(database.file_length("export/manifest.note"), 0);
}

pub(crate) async fn nothing_is_rebuilt_from_a_log_that_misses_events(database: Database) {
    database.with_history().await;
    database.with_tables_of_it().await;
    database.without_position(3).await;

    let told = database
        .replay(&["rebuild", "--reason", "to see"])
        .impossible();

    assert!(told.contains("there is no event at position 3"), "{told}");
    assert!(told.contains("verify log says more"), "{told}");
    assert_eq!(database.log().lines().count() as u64, LENGTH - 1);
}

pub(crate) async fn whoever_reads_past_a_gap_is_told_of_it_once(database: Database) {
    database.with_history().await;
    let whole = database.replay(&["log"]);
    assert_eq!(whole.error, "");
    database.without_position(5).await;
    database.without_position(9).await;

    for all in [
        &["log"][..],
        &["log", "--stream", "execution"],
        &["show"],
        &["show", "--kind", "execution"],
    ] {
        let told = database.replay(all);
        assert_eq!(told.code, 0);
        assert_eq!(told.error.lines().count(), 1, "{all:?}: {}", told.error);
        let expected = "there is no event at position 5, so this is not all that was recorded";
        assert!(told.error.contains(expected), "{all:?}: {}", told.error);
    }
    for stream in [
        ["log", "--stream", EXECUTION],
        ["show", "--stream", EXECUTION],
    ] {
        let told = database.replay(&stream).error;
        let expected = "there is no event of this stream with the version 2";
        assert!(told.contains(expected), "{told}");
    }
    let before = database.replay(&["log", "--up-to", "4"]);
    assert_eq!(before.error, "");
}

/// The next one is not shown in its place.
pub(crate) async fn a_missing_event_is_not_mistaken_for_the_next(database: Database) {
    database.with_history().await;
    database.without_position(5).await;

    let told = database.replay(&["show", "5"]).impossible();

    assert!(told.contains("there is no event at position 5"), "{told}");
}

pub(crate) async fn what_stands_in_the_log_does_not_command_the_terminal(database: Database) {
    database.with_history().await;
    let escape = if database.is_postgres() {
        "chr(27)"
    } else {
        "char(27)"
    };
    let edit =
        format!("UPDATE events SET event_type = 'No' || {escape} || '[31m' WHERE position = 7");
    database.tamper(&[&edit]).await;

    let told = database.replay(&["at", "--position", "12"]).impossible();

    assert!(told.contains("it is labelled No\u{fffd}[31m"), "{told}");
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

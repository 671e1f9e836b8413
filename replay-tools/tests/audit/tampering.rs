//! Every kind of edit that somebody with access to the database can make, and where it is found.

use crate::database::Database;
use crate::history::{FIRST_PART, LENGTH};
use crate::program::Told;

impl Database {
    /// The history, with one checkpoint in its middle and one at its end.
    pub(crate) async fn signed(&self) {
        let name = ["--name", "example.com/strategos"];
        let key = self.file("audit.key");
        crate::program::replay(&["keygen", name[0], name[1], "--out", &key]).fine();
        self.record(1, FIRST_PART).await;
        self.checkpoint().fine();
        self.record(FIRST_PART + 1, LENGTH).await;
        self.checkpoint().fine();
    }

    pub(crate) fn checkpoint(&self) -> Told {
        let (key, folder) = (self.file("audit.key"), self.file("shelf"));
        self.replay(&["checkpoint", "--key", &key, "--into", &folder])
    }

    pub(crate) fn verify(&self) -> Told {
        let (key, folder) = (self.file("audit.key.pub"), self.file("shelf"));
        self.replay(&[
            "verify",
            "log",
            "--checkpoints",
            &folder,
            "--public-key",
            &key,
        ])
    }

    /// With checkpoints alone.
    fn verify_without_leaves(&self) -> Told {
        std::fs::remove_file(self.file("shelf/leaves")).unwrap();
        self.verify()
    }

    /// Tampers, and expects both ways of checking to find it.
    async fn is_found(&self, edits: &[&str], exactly: &str, roughly: &str) {
        self.signed().await;
        self.tamper(edits).await;
        let told = self.verify().wrong();
        assert!(told.contains(exactly), "{told}");
        let told = self.verify_without_leaves().wrong();
        assert!(told.contains(roughly), "{told}");
    }
}

pub(crate) async fn an_untouched_log_is_as_it_was_signed(database: Database) {
    database.signed().await;

    let told = database.verify().fine();
    assert_eq!(
        told.matches("have the root that was signed").count(),
        2,
        "{told}"
    );
    assert!(
        told.contains("12 events in 4 streams, positions 1 to 12, root "),
        "{told}"
    );
    assert!(database.checkpoint().fine().contains("says it already"));
    let told = database.verify_without_leaves().fine();
    assert!(!told.contains("FAILED"), "{told}");
}

/// Each column of a row, one after the other.
pub(crate) async fn a_changed_event_is_found_where_it_is(database: Database) {
    database.signed().await;
    let json = if database.is_postgres() { "::text" } else { "" };
    let back = if database.is_postgres() { "::json" } else { "" };
    let time = if database.is_postgres() {
        "interval '1 microsecond'"
    } else {
        "1"
    };
    let id = if database.is_postgres() {
        "'11111111-1111-7111-8111-111111111111'".to_owned()
    } else {
        "x'11111111111171118111111111111111'".to_owned()
    };
    let edits = [
        format!("payload = replace(payload{json}, '0.01', '0.02'){back}"),
        format!("payload = (payload{json} || ' '){back}"),
        format!("metadata = replace(metadata{json}, 'executor:pure', 'executor:cure'){back}"),
        format!("recorded_at = recorded_at + {time}"),
        "event_type = 'OrderDreamt'".to_owned(),
        "event_version = '1.1'".to_owned(),
        format!("event_id = {id}"),
        "aggregate_id = 'user123-order-8-pureMarketMaking#1'".to_owned(),
    ];
    for edit in edits {
        let keep = "CREATE TABLE kept AS SELECT * FROM events WHERE position = 5";
        database
            .tamper(&[
                keep,
                &format!("UPDATE events SET {edit} WHERE position = 5"),
            ])
            .await;

        let told = database.verify().wrong();
        let exactly = "the event at position 5 is not the one that was signed";
        assert!(told.contains(exactly), "{edit}: {told}");
        let root = "the log's first 8 events have another root than was signed\n";
        assert!(told.contains(root), "{edit}: {told}");

        let put_back = "INSERT INTO events SELECT * FROM kept";
        database
            .tamper(&[
                "DELETE FROM events WHERE position = 5",
                put_back,
                "DROP TABLE kept",
            ])
            .await;
        database.verify().fine();
    }
}

pub(crate) async fn a_removed_event_is_found_where_it_was(database: Database) {
    let exactly = "the event that was at position 10 is gone";
    let roughly = "there is no event at position 10";
    let edit = "DELETE FROM events WHERE position = 10";
    database.is_found(&[edit], exactly, roughly).await;
}

/// A row like the one at `like`, with another id and in another place: position, stream and version.
fn another(database: &Database, place: &str, like: u64) -> String {
    let id = if database.is_postgres() {
        "gen_random_uuid()"
    } else {
        "randomblob(16)"
    };
    format!(
        "INSERT INTO events (position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
         event_version, payload, metadata, recorded_at) SELECT {place}, {id}, event_type, event_version, \
         payload, metadata, recorded_at FROM events WHERE position = {like}"
    )
}

/// As carefully as can be: neither positions nor versions have a gap.
pub(crate) async fn a_removed_event_is_found_though_the_others_were_renumbered(database: Database) {
    let exactly = "the one at position 8 was removed and those behind it moved up";
    let roughly = "what was altered is at positions 1 to 8";
    let mut edits = vec![
        "DELETE FROM events WHERE position = 8",
        "UPDATE events SET position = -position WHERE position > 8",
        "UPDATE events SET position = -position - 1 WHERE position < 0",
    ];
    if database.is_postgres() {
        edits.push("UPDATE log_head SET position = 11");
    }
    database.is_found(&edits, exactly, roughly).await;
}

/// Two of them, and another one edited behind them.
pub(crate) async fn several_edits_are_each_found_where_they_are(database: Database) {
    database.signed().await;
    let renumber = |from: u64| {
        [
            format!("DELETE FROM events WHERE position = {from}"),
            format!("UPDATE events SET position = -position WHERE position > {from}"),
            "UPDATE events SET position = -position - 1 WHERE position < 0".to_owned(),
        ]
    };
    let mut edits = renumber(8).to_vec();
    edits.extend(renumber(5));
    // Of the execution's second event the others count on
    edits.extend([
        "UPDATE events SET sequence = sequence + 100 WHERE aggregate_type = 'execution' AND sequence > 2".to_owned(),
        "UPDATE events SET sequence = sequence - 101 WHERE sequence > 100".to_owned(),
        "UPDATE events SET event_type = 'OrderDreamt' WHERE position = 9".to_owned(),
    ]);
    if database.is_postgres() {
        edits.push("UPDATE log_head SET position = 10".to_owned());
    }
    let edits: Vec<&str> = edits.iter().map(String::as_str).collect();
    database.tamper(&edits).await;

    let told = database.verify().wrong();

    for expected in [
        "the one at position 5 was removed and those behind it moved up",
        "the one at position 8 was removed and those behind it moved up",
        "the event at position 9 (position 11 when it was signed) is not the one that was signed",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert!(!told.contains("the last, is gone"), "{told}");
}

/// One event is removed, another stream gets one more, and all is renumbered: behind both of them rows stand
/// where they stood, though the versions of the first stream count on.
pub(crate) async fn edits_whose_shifts_cancel_out_accuse_nothing_behind_them(database: Database) {
    database.signed().await;
    let insert = another(&database, "7, aggregate_type, aggregate_id, 2", 8);
    database
        .tamper(&[
            "DELETE FROM events WHERE position = 5",
            "UPDATE events SET position = -position WHERE position IN (6, 7)",
            "UPDATE events SET position = -position - 1 WHERE position < 0",
            "UPDATE events SET sequence = sequence + 100 WHERE aggregate_type = 'execution' AND sequence > 2",
            "UPDATE events SET sequence = sequence - 101 WHERE sequence > 100",
            &insert,
            "UPDATE events SET event_type = 'OrderDreamt' WHERE position = 10",
        ])
        .await;

    let told = database.verify().wrong();

    for expected in [
        "the one at position 5 was removed and those behind it moved up",
        "one was inserted at position 7 and those behind it moved down",
        "the event at position 10 is not the one that was signed",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    for behind in ["position 11", "position 12", "positions 10"] {
        assert!(!told.contains(behind), "{behind}: {told}");
    }
}

/// Readers never see it, and nothing else is accused.
pub(crate) async fn a_row_in_front_of_the_log_is_told_alone(database: Database) {
    database.signed().await;
    let insert = another(&database, "-3, 'installation', 'other', 1", 1);
    database.tamper(&[&insert]).await;

    let told = database.verify().wrong();

    assert!(
        told.contains("a row stands at position -3, before the first"),
        "{told}"
    );
    assert_eq!(told.matches("FAILED").count(), 1, "{told}");
}

pub(crate) async fn an_inserted_event_is_found_where_it_is(database: Database) {
    let exactly = "one was inserted at position 9 and those behind it moved down";
    let roughly = "what was altered is at positions 9 to 12";
    let insert = another(
        &database,
        "9, aggregate_type, aggregate_id, sequence + 1",
        8,
    );
    let mut edits = vec![
        "UPDATE events SET position = -position WHERE position > 8",
        "UPDATE events SET position = -position + 1 WHERE position < 0",
        &insert,
    ];
    if database.is_postgres() {
        edits.push("UPDATE log_head SET position = 13");
    }
    database.is_found(&edits, exactly, roughly).await;
}

pub(crate) async fn events_that_changed_places_are_found(database: Database) {
    let exactly = "the events at positions 2 and 3 have changed places";
    let roughly = "what was altered is at positions 1 to 8";
    let edits = [
        "UPDATE events SET position = -2 WHERE position = 2",
        "UPDATE events SET position = 2 WHERE position = 3",
        "UPDATE events SET position = 3 WHERE position = -2",
    ];
    database.is_found(&edits, exactly, roughly).await;
}

pub(crate) async fn a_cut_off_end_is_found(database: Database) {
    let exactly = "the events that were at positions 11 to 12, the last, are gone";
    let roughly = "12 events were signed, but the log has only 10";
    let mut edits = vec!["DELETE FROM events WHERE position > 10"];
    if database.is_postgres() {
        edits.push("UPDATE log_head SET position = 10");
    }
    database.is_found(&edits, exactly, roughly).await;
}

pub(crate) async fn a_row_out_of_order_is_found_without_any_checkpoint(database: Database) {
    database.with_history().await;
    let far = "UPDATE events SET position = 9000000000000000000 WHERE position = 12";
    let earlier = if database.is_postgres() {
        "UPDATE events SET recorded_at = recorded_at - interval '1 day' WHERE position = 7"
    } else {
        "UPDATE events SET recorded_at = recorded_at - 86400000000 WHERE position = 7"
    };
    let first = "UPDATE events SET position = -5 WHERE position = 2";
    let version = "UPDATE events SET sequence = 70 WHERE position = 11";
    database.tamper(&[far, earlier, first, version]).await;

    let told = database.replay(&["verify", "log"]).wrong();

    for expected in [
        "there are no events at positions 12 to 8999999999999999999",
        "position 7 was recorded at 2026-11-21T12:07:00.123456Z, before the one in front",
        "a row stands at position -5, before the first",
        "there is no event at position 2\n",
        "at position 11, execution/user123-order-7-pureMarketMaking#1 goes from version 5 to 70",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    if database.is_postgres() {
        let head = "the database says that the log ends at position 12, but the last row is at 9";
        assert!(told.contains(head), "{told}");
    }
}

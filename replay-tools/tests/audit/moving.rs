//! `export`, `import` and `copy`.

use event_store::{Append, Expected, Idempotency, Metadata, NewEvent, StreamName};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Row, RowAccessor};
use serde_json::Value;

use crate::database::{Database, sqlite_in};
use crate::program::{Told, replay};

impl Database {
    pub(crate) fn export(&self, more: &[&str]) -> Told {
        let (key, folder) = (self.file("audit.key"), self.file("export"));
        self.replay(&[&["export", "--key", &key, "--out", &folder], more].concat())
    }

    /// Into an empty log of the same test.
    fn import(&self) -> (Database, Told) {
        let target = sqlite_in(&self.folder, "imported");
        let (key, folder) = (self.file("audit.key.pub"), self.file("export"));
        let told = target.replay(&["import", &folder, "--public-key", &key]);
        (target, told)
    }

    pub(crate) fn log(&self) -> String {
        self.replay(&["log"]).fine()
    }
}

pub(crate) async fn an_exported_history_is_imported_as_it_was(database: Database) {
    database.signed().await;
    let exported = database.export(&[]).fine();
    let lines = std::fs::read_to_string(database.file("export/events.ndjson")).unwrap();
    assert_eq!(lines, database.log());

    let (imported, told) = database.import();

    assert_eq!(
        told.fine(),
        exported.replace(&format!("{} bytes, ", lines.len()), "")
    );
    assert_eq!(imported.log(), database.log());
    // The checkpoints of the first log are those of the second
    let (key, shelf) = (database.file("audit.key.pub"), database.file("shelf"));
    imported
        .replay(&[
            "verify",
            "log",
            "--checkpoints",
            &shelf,
            "--public-key",
            &key,
        ])
        .fine();
    let (_, again) = database.import();
    assert!(
        again
            .impossible()
            .contains("there are events in it already")
    );
}

pub(crate) async fn an_export_that_was_altered_is_not_imported(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    let file = database.file("export/events.ndjson");
    let genuine = std::fs::read_to_string(&file).unwrap();

    std::fs::write(&file, genuine.replace("42570.495", "42570.496")).unwrap();
    let (target, told) = database.import();
    let told = told.wrong();
    assert!(
        told.contains("the file is not the one that the manifest was signed for\n"),
        "{told}"
    );
    assert_eq!(target.log(), "");

    let (shorter, _) = genuine.trim_end().rsplit_once('\n').unwrap();
    std::fs::write(&file, format!("{shorter}\n")).unwrap();
    let told = database.import().1.wrong();
    let length = format!(
        "signed for, of {} bytes where {} were signed",
        shorter.len() + 1,
        genuine.len()
    );
    assert!(told.contains(&length), "{told}");

    std::fs::write(&file, &genuine).unwrap();
    let manifest = database.file("export/manifest.note");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("\"events\": 12", "\"events\": 11")).unwrap();
    let told = database.import().1.wrong();
    assert!(
        told.contains("the note or the signature was altered"),
        "{told}"
    );
}

pub(crate) async fn a_range_is_exported_for_spreadsheets(database: Database) {
    database.signed().await;

    database
        .export(&["--format", "csv", "--after", "3", "--up-to", "9"])
        .fine();

    let text = std::fs::read_to_string(database.file("export/events.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let positions: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(positions, ["4", "5", "6", "7", "8", "9"]);
    let payload: Value = rows[1][8].parse().unwrap();
    assert_eq!(payload["OrderIntended"]["price"], "42570.495");
    let manifest = std::fs::read_to_string(database.file("export/manifest.note")).unwrap();
    assert!(
        manifest.contains("\"first\": 4,\n  \"events\": 6,"),
        "{manifest}"
    );
    let told = database.import().1.impossible();
    assert!(told.contains("only NDJSON can be read back"), "{told}");
}

pub(crate) async fn a_range_is_exported_in_columns(database: Database) {
    database.signed().await;

    database
        .export(&["--format", "parquet", "--after", "3", "--up-to", "9"])
        .fine();

    let file = std::fs::File::open(database.file("export/events.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let rows: Vec<Row> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let positions: Vec<i64> = rows.iter().map(|row| row.get_long(0).unwrap()).collect();
    assert_eq!(positions, [4, 5, 6, 7, 8, 9]);
    let order = &rows[1];
    let time = order.get_timestamp_micros(1).unwrap();
    assert_eq!(time, crate::history::time_of(5).timestamp_micros());
    let texts = [2, 3, 5, 6].map(|column| order.get_string(column).unwrap().as_str());
    let run = "user123-order-7-pureMarketMaking#1";
    assert_eq!(texts, ["execution", run, "OrderIntended", "1.0"]);
    let lines = database.log();
    let line: Value = lines.lines().nth(4).unwrap().parse().unwrap();
    assert_eq!(line["id"], order.get_string(7).unwrap().as_str());
    assert_eq!(line["metadata"], order.get_string(8).unwrap().as_str());
    let payload: Value = order.get_string(9).unwrap().parse().unwrap();
    assert_eq!(line["data"], payload);
    let told = database.import().1.impossible();
    assert!(told.contains("only NDJSON can be read back"), "{told}");
}

/// Of every format, with nothing but the folder and a key.
pub(crate) async fn an_export_is_verified_without_a_database(database: Database) {
    database.signed().await;
    let (folder, key) = (database.file("export"), database.file("audit.key.pub"));
    let check = || replay(&["check-export", &folder, "--public-key", &key]);
    for (format, file) in [
        ("ndjson", "events.ndjson"),
        ("csv", "events.csv"),
        ("parquet", "events.parquet"),
    ] {
        database
            .export(&["--format", format, "--after", "3", "--up-to", "9"])
            .fine();
        let told = check().fine();
        let place = "they end the first 9 events of the log example.com/strategos";
        assert!(
            told.contains("ok      6 events from position 4 on"),
            "{told}"
        );
        assert!(told.contains(place), "{told}");
        let path = format!("{folder}/{file}");
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let told = check().wrong();
        let altered = "the file is not the one that the manifest was signed for";
        assert!(told.contains(altered), "{told}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
    // The checkpoint is the one of the whole log
    database.export(&[]).fine();
    let manifest = std::fs::read_to_string(format!("{folder}/manifest.note")).unwrap();
    let kept = std::fs::read_to_string(database.file("shelf/00000000000000000012.checkpoint"));
    let kept = serde_json::to_string(&kept.unwrap()).unwrap();
    assert!(manifest.contains(&kept), "{manifest}");
}

pub(crate) async fn what_is_not_there_is_not_exported(database: Database) {
    database.signed().await;

    let beyond = database.export(&["--up-to", "999999"]).impossible();
    let nothing = database
        .export(&["--after", "9", "--up-to", "4"])
        .impossible();

    assert!(beyond.contains("the log ends at position 12"), "{beyond}");
    assert!(
        nothing.contains("there is nothing behind position 9 up to 4"),
        "{nothing}"
    );
    assert!(!std::path::Path::new(&database.file("export")).exists());
}

/// There and back again: SQLite to PostgreSQL to SQLite, or the other way round.
pub(crate) async fn a_history_moves_between_databases(database: Database) {
    database.with_history().await;
    database.answer_a_request().await;
    let other = sqlite_in(&database.folder, "there");
    let back = sqlite_in(&database.folder, "back");

    let there = replay(&["copy", "--from", &database.url, "--to", &other.url]).fine();
    let back_again = replay(&["copy", "--from", &other.url, "--to", &back.url]).fine();

    assert_eq!(there, back_again);
    assert!(
        there.starts_with("13 events and 1 answers copied; both have the root "),
        "{there}"
    );
    assert_eq!(back.log(), database.log());
    // The request that was answered is not carried out again
    assert!(back.answer_a_request().await);
}

pub(crate) async fn a_history_moves_into_this_database(database: Database) {
    let source = sqlite_in(&database.folder, "source");
    source.with_history().await;
    source.answer_a_request().await;

    replay(&["copy", "--from", &source.url, "--to", &database.url]).fine();

    assert_eq!(database.log(), source.log());
    assert!(database.answer_a_request().await);
    database.replay(&["verify"]).fine();
}

pub(crate) async fn a_damaged_history_does_not_move(database: Database) {
    database.with_history().await;
    database
        .tamper(&["DELETE FROM events WHERE position = 4"])
        .await;
    let target = sqlite_in(&database.folder, "target");

    let told = replay(&["copy", "--from", &database.url, "--to", &target.url]).impossible();

    assert!(
        told.contains("the source has no event at position 4"),
        "{told}"
    );
    assert_eq!(target.log(), "");
}

impl Database {
    /// Whether it had been answered before.
    pub(crate) async fn answer_a_request(&self) -> bool {
        let clock = std::sync::Arc::new(domain::clock::FixedClock(crate::history::time_of(20)));
        let log = event_store::open(&self.url, clock).await.unwrap();
        let actor = event_store::Actor::new("ana", event_store::Role::Admin);
        let source = event_store::Source::CommandLine;
        let appended = log
            .append(Append {
                stream: StreamName::new("installation", "installation"),
                expected: Expected::Any,
                events: vec![NewEvent {
                    event_id: uuid::Uuid::new_v4(),
                    event_type: "DynamicFlowSwitched".to_owned(),
                    event_version: "1.0".to_owned(),
                    payload: r#"{"DynamicFlowSwitched":{"on":true,"switched_at":"2026-11-22T09:00:00Z"}}"#.to_owned(),
                }],
                metadata: Metadata::new(actor, source, uuid::Uuid::nil()),
                unchanged: vec![],
                idempotency: Some(Idempotency {
                    key: "ana:switch:1".to_owned(),
                    fingerprint: "on".to_owned(),
                }),
            })
            .await
            .unwrap();
        log.close().await;
        appended.repeated
    }
}
